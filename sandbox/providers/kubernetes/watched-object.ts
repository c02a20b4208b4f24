import { isObject, isUnknown, reveal, type Value } from "../../rpc/values";

/**
 * Sees which fields a validator looks at. The published validators take objects with fields that their schema doesn't declare; the API
 * server, asked strictly, does not. A field that the validator of an object never asks for is one that there is none of, unless the object
 * is a map, whose keys the validator lists, or holds anything, so that it asks for none.
 */
export class Watched {
    private readonly objects: { pointer: string; names: string[]; asked: Set<string>; listed: boolean }[] = [];

    watch(value: unknown, pointer: string): unknown {
        if (typeof value !== "object" || value === null) return value;
        if (Array.isArray(value)) return value.map((item, index) => this.watch(item, `${pointer}/${index}`));
        const inner = Object.fromEntries(
            Object.entries(value).map(([name, item]) => [name, this.watch(item, `${pointer}/${escaped(name)}`)]),
        );
        const seen = { pointer, names: Object.keys(inner), asked: new Set<string>(), listed: false };
        this.objects.push(seen);
        return new Proxy(inner, {
            get: (target, name) => {
                if (typeof name === "string") seen.asked.add(name);
                return Reflect.get(target, name) as unknown;
            },
            ownKeys: (target) => {
                seen.listed = true;
                return Reflect.ownKeys(target);
            },
        });
    }

    /** The fields that were asked for at one place. */
    asked(pointer: string): string[] {
        return [...(this.objects.find((one) => one.pointer === pointer)?.asked ?? [])];
    }

    /** The fields that no schema declares, as JSON pointers. */
    undeclared(): string[] {
        return this.objects
            .filter(({ asked, listed }) => asked.size > 0 && !listed)
            .flatMap(({ pointer, names, asked }) =>
                names.filter((name) => !asked.has(name)).map((name) => `${pointer}/${escaped(name)}`),
            );
    }
}

/** Where an object holds what is not known before the update, as JSON pointers. */
export function unknownPaths(given: Value | undefined, pointer: string): string[] {
    const value = reveal(given);
    if (isUnknown(value)) return [pointer];
    if (Array.isArray(value)) return value.flatMap((item, index) => unknownPaths(item, `${pointer}/${index}`));
    if (!isObject(value)) return [];
    return Object.entries(value).flatMap(([name, item]) => unknownPaths(item, `${pointer}/${escaped(name)}`));
}

function escaped(name: string): string {
    return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
