import { existsSync, readFileSync, statSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, isScalar, parseDocument } from "yaml";
import { writeWhole } from "../files";
import { OpsError, Refusal } from "../ops-error";

/** The file with a stack's configuration. Its comments and its order stay as they are. */
export class StackFile {
    readonly file: string;
    private readonly text: string;
    private readonly document: Document;

    constructor(stack: string | undefined) {
        if (stack === undefined) throw new Refusal("give a stack first: npm run ops -- <stack> …");
        this.file = `Pulumi.${stack}.yaml`;
        if (!existsSync(this.file))
            throw new OpsError(`there is no ${this.file} here; go to the project's folder, or give -C <folder> first`);
        this.text = readFileSync(this.file, "utf8");
        this.document = parseDocument(this.text);
        const [problem] = this.document.errors;
        if (problem) throw new OpsError(`${this.file}: ${problem.message}`);
    }

    /** The settings under `key`; empty where the stack has all the defaults. */
    settings(key: string): Record<string, unknown> {
        const { config } = (this.document.toJS() ?? {}) as { config?: Record<string, unknown> };
        const value = config?.[key] ?? {};
        if (typeof value !== "object" || Array.isArray(value))
            throw new Refusal(`${this.file}: ${key} is ${JSON.stringify(value)}, so there are no settings to change`);
        return value as Record<string, unknown>;
    }

    /** Sets what is at a path under `key`, or removes it where the value is undefined. */
    set(key: string, path: string[], value: unknown): void {
        const whole = ["config", key, ...path];
        if (value === undefined) {
            this.document.deleteIn(whole);
            return;
        }
        // A key without a value is null, which nothing can be put under.
        if (!isMap(this.document.getIn(["config", key])))
            this.document.setIn(["config", key], this.document.createNode({}));
        const existing = this.document.getIn(whole, true);
        // The comment behind a value is the value's own.
        if (isScalar(existing) && Object(value) !== value) existing.value = value;
        else this.document.setIn(whole, this.document.createNode(value));
    }

    /** Writes it as a whole: whoever reads it finds the old file or the new one. */
    write(): void {
        writeWhole(this.file, this.render(), { mode: statSync(this.file).mode & 0o777 });
    }

    /** The text, with the lines that do not differ in more than the spaces in brackets as they were written. */
    private render(): string {
        const written = this.text.split("\n");
        let next = 0;
        const lines = this.document
            .toString({ lineWidth: 0 })
            .split("\n")
            .map((line) => {
                const found = written.findIndex((old, index) => index >= next && sameButSpaces(old, line));
                if (found < 0) return line;
                next = found + 1;
                return written[found];
            });
        const text = lines.join("\n");
        // Spaces in a text are part of it.
        return isDeepStrictEqual(parseDocument(text).toJS(), this.document.toJS())
            ? text
            : this.document.toString({ lineWidth: 0 });
    }
}

function sameButSpaces(one: string, other: string): boolean {
    const indent = (line: string) => line.length - line.trimStart().length;
    return indent(one) === indent(other) && one.replaceAll(" ", "") === other.replaceAll(" ", "");
}
