import type { StackView } from "./stack-view";

/** A figure of a document, in words: of all stacks, or of each in their order. */
export type Said = string | readonly string[];

/** One figure of a document, beside what Plinth registers for it. */
export interface Figure {
    what: string;
    /** What the document says. Where nothing says why it differs, what is registered has to be exactly this. */
    says: Said;
    /** What is registered, read from a stack. Left out where the program makes nothing of the kind. */
    makes?: (stack: StackView) => string;
    /** Why it differs, or why there is nothing. */
    because?: string;
    /** What is read on the engine, where only that has the resource: the mocks do not run remote components. */
    onEngine?: string;
}

/** What a document says of costs. */
export interface CostFigure {
    what: string;
    stack: string;
    says: string;
    /** The components that it is about; all of the stack where none is named. */
    components?: readonly string[];
    because: string;
}

/** A system that somebody described in a document, as stacks of this program. */
export interface Example {
    /** The folder, and the project. */
    name: string;
    /** What the system is, in a few words. */
    system: string;
    /** The stacks, smallest first. */
    stacks: readonly string[];
    /** The figures, by the sections of the document. */
    sections: Readonly<Record<string, readonly Figure[]>>;
    costs: readonly CostFigure[];
    /** The variables that the document's module takes, each with the setting in its place. */
    variables?: Readonly<Record<string, string>>;
    /** The outputs that it gives, each with the output in its place. */
    outputs?: Readonly<Record<string, string>>;
}

/** What a document says, by stack. */
export function saidOf(says: Said, stacks: readonly string[]): string[] {
    if (typeof says === "string") return stacks.map(() => says);
    if (says.length !== stacks.length) throw new Error(`${says.join(" / ")} is not for ${stacks.length} stacks`);
    return [...says];
}

/** What is wrong with a figure, given what was read from each of the stacks. */
export function faultOf({ what, says, because }: Figure, stacks: readonly string[], read: readonly string[]): string[] {
    const said = saidOf(says, stacks);
    const same = said.every((text, index) => text === read[index]);
    if (same && because !== undefined) return [`${what}: is as the document says, but gives a reason why it differs`];
    if (!same && because === undefined)
        return [`${what}: the document says ${said.join(" / ")}, and ${read.join(" / ")} is registered; say why`];
    return [];
}
