import { isObject, isUnknown, reveal, type Value } from "../../rpc/values";

/**
 * Records which fields a validator reads. The published validators accept fields that their schema does not declare; the API server
 * with strict validation does not. A field that the validator never reads does not exist, unless the object
 * is a map, whose keys the validator lists, or may have any content, so that it reads none.
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

    /** The fields that the validator read at one path. */
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

/** The JSON pointers of the unknown values in an object. */
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
