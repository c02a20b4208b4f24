import { isDeepStrictEqual } from "node:util";
import { isObject, isUnknown, type Properties, reveal, revealDeep, type Value } from "../rpc/values";

export type ChangeKind = "add" | "remove" | "change";

/** One difference between two versions of a resource's inputs. */
export interface Change {
    /** Property names and list indices from the top-level input down. */
    path: (string | number)[];
    kind: ChangeKind;
}

/** The differences between `old` and `next`, as deep as both have the same shape. */
export function changesBetween(old: Properties, next: Properties): Change[] {
    return [...objectChanges([], old, next)];
}

function* objectChanges(path: (string | number)[], old: Properties, next: Properties): Generator<Change> {
    for (const name of new Set([...Object.keys(old), ...Object.keys(next)])) {
        if (name.startsWith("__")) continue; // internal to the engine and the provider
        yield* valueChanges([...path, name], old[name], next[name]);
    }
}

function* valueChanges(
    path: (string | number)[],
    oldValue: Value | undefined,
    nextValue: Value | undefined,
): Generator<Change> {
    const old = reveal(oldValue);
    const next = reveal(nextValue);
    if (isAbsent(old) && isAbsent(next)) return;
    if (isAbsent(old)) yield { path, kind: "add" };
    else if (isAbsent(next)) yield { path, kind: "remove" };
    else if (isUnknown(old) || isUnknown(next)) yield { path, kind: "change" };
    else if (isObject(old) && isObject(next)) yield* objectChanges(path, old, next);
    else if (Array.isArray(old) && Array.isArray(next)) {
        for (let index = 0; index < Math.max(old.length, next.length); index++) {
            yield* valueChanges([...path, index], old[index], next[index]);
        }
    } else if (!isDeepStrictEqual(revealDeep(old), revealDeep(next))) yield { path, kind: "change" };
}

/** The SDK omits undefined values, and Terraform treats null the same way. */
function isAbsent(value: Value | undefined): boolean {
    return value === undefined || value === null;
}
