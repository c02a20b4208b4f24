import { type Problem, problemAt, type Rule } from "./validation";

/** A second data store beside the living one, made from what was kept of a living one, and which of the two serves. */
export interface RestoredSpec<Origin> {
    /**
     * Its part of names, such as `after-incident`: the component of a restored database is then `database-after-incident`.
     * @remarks Another name is another data store: the one of the old name is deleted.
     */
    name: string;
    /**
     * What it is made from. Taken away later, it changes nothing: what was restored stays as it is.
     * @default none
     * @remarks Of a restored data store that stands already it changes nothing, neither given nor taken away.
     */
    restoreFrom?: Origin;
    /**
     * Whether the restored one serves: outputs name it, and clients and grants are its own. The other one stays as it is,
     * with nobody let in.
     * @default false
     * @remarks A change replaces neither of the two. It is the second step of a restore, after the restored one was
     * looked at.
     */
    inService: boolean;
    /**
     * What becomes of the original once the restored one is in service.
     * @default keep
     * @remarks `delete` deletes it in the next update, which its protection has to be taken off for first.
     */
    original: "keep" | "delete";
}

/** What a component is told of its own past. That it is there at all says that the data store was, or is to be, restored. */
export interface Restored<Origin> {
    /** What it is made from; undefined from when it stands. */
    restoreFrom?: Origin;
}

/** One of the data stores of a kind. */
export interface PlannedDataStore<Origin> {
    /** The component's name. */
    name: string;
    /** What it is there for: it serves, it stands by, or it was deleted and only what outlives it is left. */
    role: "serving" | "standby" | "deleted";
    /** Set for the restored one. */
    restored?: Restored<Origin>;
}

/** The data stores that `kind` comes to, the original first: the restored one may be made from it. */
export function planDataStores<Origin>(kind: string, restored?: RestoredSpec<Origin>): PlannedDataStore<Origin>[] {
    if (!restored) return [{ name: kind, role: "serving" }];
    const { name, restoreFrom, inService, original } = restored;
    return [
        { name: kind, role: !inService ? "serving" : original === "keep" ? "standby" : "deleted" },
        { name: `${kind}-${name}`, role: inService ? "serving" : "standby", restored: { restoreFrom } },
    ];
}

/** Parts of the names that a data store itself gives out, which a restored one beside it can't have. */
const takenParts =
    /^(primary|replica-\d+|writer|reader-\d+|client(-group)?|logs|monitoring|encryption|final|backup|cluster|proxy(-.+)?|rotation)$/;

const restoredRules: Rule<RestoredSpec<unknown>>[] = [
    {
        at: "name",
        when: ({ name }) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || takenParts.test(name),
        say: ({ name }) =>
            takenParts.test(name)
                ? `"${name}" is a part of the original's own names; give another, such as after-incident`
                : `"${name}" is not a part of a name; give lower-case letters, digits and single hyphens, a letter first`,
    },
    {
        at: "original",
        when: ({ original, inService }) => original === "delete" && !inService,
        say: () => "delete would leave nothing in service; set inService to true, or keep the original",
    },
];

/** All that is wrong with `spec` whatever the kind; `where` stands in front of the names of fields. */
export function restoredProblems(where: string, spec: RestoredSpec<unknown>): Problem[] {
    return restoredRules
        .filter((rule) => rule.when(spec))
        .map((rule) => problemAt(`${where}.${rule.at}`, rule.say(spec)));
}
