import {
    hasSecret,
    isObject,
    isUnknown,
    type Properties,
    reveal,
    revealDeep,
    Secret,
    type Value,
} from "../../rpc/values";

/** A problem at one path of an object, in the API server's words. */
export interface Problem {
    /** For example `spec.template.spec.containers[0].image`. */
    path: string;
    /** `Required value`, `Invalid value: "x": must be …` and the like. */
    reason: string;
}

/**
 * A field of an object: its value, and its path in the API server's form. A value that is unknown in a preview counts as present
 * and has neither text nor items, so that no rule rejects it.
 */
export class Field {
    private constructor(
        private readonly value: Value | undefined,
        readonly path: string,
        private readonly concealed: boolean,
    ) {}

    static of(object: Properties): Field {
        return new Field(object, "", false);
    }

    /** The nested field at a path of names. */
    at(...names: string[]): Field {
        return names.reduce((field, name) => field.child(name), this as Field);
    }

    private child(name: string): Field {
        const path = this.path === "" ? name : `${this.path}.${name}`;
        const value = reveal(this.value);
        const inside = isUnknown(value) ? value : isObject(value) ? value[name] : undefined;
        return new Field(inside, path, this.hides());
    }

    /** The elements of a list. */
    items(): Field[] {
        const value = reveal(this.value);
        if (!Array.isArray(value)) return [];
        return value.map((item, index) => new Field(item, `${this.path}[${index}]`, this.hides()));
    }

    /** The entries of a map, or the fields of an object. */
    entries(): [string, Field][] {
        const value = reveal(this.value);
        if (!isObject(value)) return [];
        return Object.keys(value)
            .map((name): [string, Field] => [name, this.child(name)])
            .filter(([, field]) => field.present);
    }

    /** Whether there is a value, known or not. */
    get present(): boolean {
        const value = reveal(this.value);
        return value !== undefined && value !== null;
    }

    get unknown(): boolean {
        return isUnknown(this.value);
    }

    /** The text; undefined where there is none or it is not known yet. */
    text(): string | undefined {
        const value = reveal(this.value);
        return typeof value === "string" ? value : undefined;
    }

    /** The text, where empty text counts as not given, as it does for most fields. */
    word(): string | undefined {
        return this.text() || undefined;
    }

    number(): number | undefined {
        const value = reveal(this.value);
        return typeof value === "number" ? value : undefined;
    }

    flag(): boolean | undefined {
        const value = reveal(this.value);
        return typeof value === "boolean" ? value : undefined;
    }

    texts(): string[] {
        return this.items().flatMap((item) => item.text() ?? []);
    }

    /** The value, with its secrets decrypted. */
    plain(): Value | undefined {
        return revealDeep(this.value);
    }

    invalid(detail: string): Problem {
        return { path: this.path, reason: `Invalid value: ${this.shown()}: ${detail}` };
    }

    required(detail?: string): Problem {
        return { path: this.path, reason: detail ? `Required value: ${detail}` : "Required value" };
    }

    duplicate(): Problem {
        return { path: this.path, reason: `Duplicate value: ${this.shown()}` };
    }

    unsupported(supported: readonly string[]): Problem {
        const list = supported.map((value) => JSON.stringify(value)).join(", ");
        return { path: this.path, reason: `Unsupported value: ${this.shown()}: supported values: ${list}` };
    }

    forbidden(detail: string): Problem {
        return { path: this.path, reason: `Forbidden: ${detail}` };
    }

    notFound(): Problem {
        return { path: this.path, reason: `Not found: ${this.shown()}` };
    }

    private shown(): string {
        return this.hides() || hasSecret(this.value) ? "<secret>" : (JSON.stringify(this.plain()) ?? "null");
    }

    private hides(): boolean {
        return this.concealed || this.value instanceof Secret;
    }
}
