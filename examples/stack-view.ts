/** A resource as a program registers it, whether under Pulumi's mocks or with the engine. */
export interface RegisteredResource {
    type: string;
    name: string;
    inputs?: Readonly<Record<string, unknown>>;
}

type Step = string | number;

/** The error of a value that only an update will know. */
export class NotKnownYetError extends Error {}

/** What Pulumi writes in the place of such a value. */
const notKnown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What a stack has registered, for figures to be read from. Whatever is asked for and is not there is an error. */
export class StackView {
    private readonly resources: readonly Required<RegisteredResource>[];

    /** @param outputs those of the stack, as plain values; undefined at a preview */
    constructor(
        resources: readonly RegisteredResource[],
        private readonly outputs: Readonly<Record<string, unknown>> | undefined,
    ) {
        // A component's name may be that of one of its resources.
        this.resources = resources
            .filter(({ type }) => !type.startsWith("plinth:"))
            // The engine keeps no inputs of remote components.
            .map((resource) => ({ ...resource, inputs: resource.inputs ?? {} }));
    }

    /** The names of the resources of a type, sorted: they are registered in the order in which what they need is there. */
    named(type: string): string[] {
        const found = this.resources.filter((resource) => resource.type === type);
        return found.map(({ name }) => name).sort();
    }

    /** How many resources there are of a type. */
    count(type: string): number {
        return this.named(type).length;
    }

    /** How many resources have a type of that form. */
    countMatching(type: RegExp): number {
        return this.resources.filter((resource) => type.test(resource.type)).length;
    }

    has(name: string): boolean {
        return this.resources.some((resource) => resource.name === name);
    }

    /** The input at `path` of the one resource of that name; undefined where it is not given. */
    value(name: string, ...path: Step[]): unknown {
        const all = this.resources.filter((resource) => resource.name === name);
        // Resources of different types may have one name.
        const found = all.length > 1 ? all.filter(({ inputs }) => path[0] !== undefined && path[0] in inputs) : all;
        if (found.length !== 1) throw new Error(`${found.length} resources are named ${name}`);
        return valueAt(found[0]?.inputs, path);
    }

    /** The stack's output at `path`; undefined where there is none. */
    output(...path: Step[]): unknown {
        if (!this.outputs) throw new NotKnownYetError(`the output ${path.join(".")}`);
        return valueAt(this.outputs, path);
    }

    /** The same in words: a list with commas, `none` where nothing is given. */
    text(name: string, ...path: Step[]): string {
        const value = known(this.value(name, ...path), name);
        if (Array.isArray(value))
            return value.length === 0 ? "none" : value.map((one) => String(plain(one))).join(", ");
        if (typeof value === "object" && value !== null) throw new Error(`${name}.${path.join(".")} is no plain value`);
        return value === undefined || value === null ? "none" : String(value);
    }

    /** The same, of an input that is JSON. */
    json(name: string, ...path: Step[]): unknown {
        return JSON.parse(this.text(name, ...path));
    }

    /** The elements of an input that is a list of groups. */
    list(name: string, ...path: Step[]): Readonly<Record<string, unknown>>[] {
        const value = known(this.value(name, ...path), name);
        if (!Array.isArray(value)) throw new Error(`${name}.${path.join(".")} is no list`);
        return value as Readonly<Record<string, unknown>>[];
    }
}

function valueAt(from: unknown, path: readonly Step[]): unknown {
    return path.reduce<unknown>((value, step) => plain(plain(value, step)), plain(from));
}

function known(value: unknown, name: string): unknown {
    if (JSON.stringify(value)?.includes(notKnown)) throw new NotKnownYetError(name);
    return value;
}

/** How Pulumi marks a secret among plain values. */
const secretMark = "4dabf18193072939515e22adb298388d";

/** The value behind the mark of a secret, or of its element at `step`. */
function plain(value: unknown, step?: Step): unknown {
    if (typeof value !== "object" || value === null) return step === undefined ? value : undefined;
    if (step !== undefined) return (value as Record<Step, unknown>)[step];
    if (!(secretMark in value)) return value;
    const { value: ofMocks, plaintext } = value as { value?: unknown; plaintext?: string };
    return plaintext === undefined ? ofMocks : (JSON.parse(plaintext) as unknown);
}
