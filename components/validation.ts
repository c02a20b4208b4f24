import * as pulumi from "@pulumi/pulumi";

/** Something that is wrong in what was asked for. */
export interface Problem {
    /** The field, with the component in front: `database.backupRetentionDays`. */
    at: string;
    /** A sentence that names the field, its value and how to mend it. */
    text: string;
}

/** One thing that may be wrong in a `Spec`. */
export interface Rule<Spec> {
    /** The field to mend. */
    at: string;
    /** Whether it is wrong. */
    when: (spec: Spec) => boolean;
    /** What is wrong with the value, and how to mend it. */
    say: (spec: Spec) => string;
}

/** What several problems are thrown as: one error, printed without a stack. */
export class InvalidSpecError extends pulumi.RunError {
    constructor(
        subject: string,
        readonly problems: readonly Problem[],
    ) {
        const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
        super(`${subject} has ${count}:\n${problems.map((problem) => `  - ${problem.text}`).join("\n")}`);
    }
}

/** A problem with the value of one field. */
export function problemAt(at: string, message: string): Problem {
    return { at, text: printable(`${at}: ${message}`) };
}

/** The most characters of a value, or of a name without blanks, that a message repeats. */
const mostRepeated = 160;

/** A message without what a terminal would act on, and with the beginning only of what is very long. */
export function printable(message: string): string {
    const shortened = (text: string) => (text.length > mostRepeated ? `${text.slice(0, mostRepeated - 40)}…` : text);
    return message
        .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
            const code = character.codePointAt(0) ?? 0;
            return `\\u${code.toString(16).padStart(4, "0")}`;
        })
        .replace(/"[^"]+"/g, (quoted) => (quoted.length > mostRepeated ? `${shortened(quoted)}"` : quoted))
        .replace(/\S+/g, shortened);
}

/** Every rule that `spec` breaks; `where` stands in front of the field's name. */
export function violations<Spec>(where: string, spec: Spec, rules: readonly Rule<Spec>[]): Problem[] {
    return rules.filter((rule) => rule.when(spec)).map((rule) => problemAt(`${where}.${rule.at}`, rule.say(spec)));
}

/** Throws all the problems together, if there are any. */
export function throwIfInvalid(subject: string, problems: readonly Problem[]): void {
    if (problems.length > 0) throw new InvalidSpecError(subject, problems);
}

/** The first value that stands in a list twice; undefined where none does. */
export function repeated(values: readonly string[]): string | undefined {
    return values.find((value, index) => values.indexOf(value) < index);
}

/** `a, b or c`. */
export function listed(words: readonly string[], last = "or"): string {
    return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
