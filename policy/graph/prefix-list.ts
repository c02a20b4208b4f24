import type { View } from "./graph";
import { elements, field, type Reading, text } from "./reading";
import { types } from "./types";

/** A prefix list that an input names, with its CIDR blocks; undefined where they are not all known. */
export interface PrefixList {
    readonly name: string;
    readonly ranges: readonly string[] | undefined;
}

/** The prefix list that a value of the input `key` names; undefined where it names none. */
export function prefixListOf(reading: Reading, view: View, key: string): PrefixList | undefined {
    if (reading.is === "absent") return undefined;
    const named =
        text(reading) === undefined
            ? view.follow(key, [types.prefixList])
            : view.named(reading, [types.prefixList], key);
    const [list, ...others] = named;
    const name = list?.name ?? text(reading) ?? "a prefix list that is not known yet";
    return { name, ranges: list && others.length === 0 ? rangesOf(list) : undefined };
}

function rangesOf(list: View): string[] | undefined {
    const entries = list.read("entries");
    const inline = entries.is === "absent" ? [] : elements(entries)?.map((entry) => field(entry, "cidr"));
    const apart = list.referrers([types.prefixListEntry], "prefixListId").map((entry) => entry.read("cidr"));
    const all = inline && [...inline, ...apart].map((cidr) => text(cidr));
    return all?.every((cidr) => cidr !== undefined) ? all : undefined;
}
