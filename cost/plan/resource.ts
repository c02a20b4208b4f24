/** A value that is known only once AWS has created something. */
export const unknown: unique symbol = Symbol("unknown");

/** A resource that a program plans, with what its price depends on. */
export interface PlannedResource {
    /** Its Pulumi type: `aws:rds/instance:Instance`. */
    readonly type: string;
    readonly name: string;
    /** The name of the outermost component that it belongs to; its own where it belongs to none. */
    readonly component: string;
    /** Its inputs in plain values, or `unknown`. */
    readonly inputs: Readonly<Record<string, unknown>>;
    /** By input, the resources that its value comes from. */
    readonly sources: Readonly<Record<string, readonly PlannedResource[]>>;
    /** Its region, where that is not the stack's. */
    readonly region?: string;
}

/** Why a resource can't be counted in an estimate, which lists it with this reason. */
export class NotCountedError extends Error {}

/** The reason of a price that depends on a value that is not known yet. */
export class UnknownInputError extends NotCountedError {
    constructor(readonly input: string) {
        super(`${input} is not known before the resource exists`);
    }
}

/** Reads the inputs of a planned resource. What is unknown is an error, and never taken for absent. */
export class Reader {
    constructor(readonly resource: PlannedResource) {}

    /** Whether it is given at all, known or not. */
    has(input: string): boolean {
        const value = this.resource.inputs[input];
        return value !== undefined && value !== null && value !== "";
    }

    text(input: string): string | undefined {
        const value = this.known(input);
        return typeof value === "string" && value !== "" ? value : undefined;
    }

    /** A number, also one that AWS's provider takes as text. */
    number(input: string): number | undefined {
        const value = this.known(input);
        return value === undefined ? undefined : Number(value);
    }

    flag(input: string): boolean {
        const value = this.known(input);
        return value === true || value === "true";
    }

    /** The elements of a list; some may be `unknown`. */
    list(input: string): readonly unknown[] {
        const value = this.known(input);
        return Array.isArray(value) ? value : [];
    }

    /** A group of inputs; empty where it is absent. */
    group(input: string): Readonly<Record<string, unknown>> {
        const value = this.known(input);
        return isRecord(value) ? value : {};
    }

    /** The resource of a type that an input comes from. */
    source(input: string, type: string): Reader | undefined {
        const found = this.resource.sources[input]?.find((source) => source.type === type);
        return found && new Reader(found);
    }

    private known(input: string): unknown {
        const value = this.resource.inputs[input];
        if (value === unknown) throw new UnknownInputError(input);
        return value === null ? undefined : value;
    }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value with `unknown` in the place of everything in it, and of itself, that `isUnknown` names. */
export function withUnknowns(value: unknown, isUnknown: (value: unknown) => boolean): unknown {
    if (isUnknown(value)) return unknown;
    if (Array.isArray(value)) return value.map((one) => withUnknowns(one, isUnknown));
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withUnknowns(one, isUnknown)]));
}
