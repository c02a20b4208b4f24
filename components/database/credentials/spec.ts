import type { z } from "zod";
import { byDefault, flag, matching, settings } from "../../settings";

function userName(example: string) {
    return matching(/^[A-Za-z][A-Za-z0-9_]*$/, "the name of a user", example)
        .meta({ allowed: "letters, digits and underscores, a letter first" })
        .meta(byDefault(example));
}

/** The users besides the master. */
export const userSettings = settings({
    /**
     * Name of the user that services log in as. It may read and write, and make and change tables.
     * @remarks The secret and the Job that makes users have the new name at once; the old user stays in the database. A secret that is
     * rotated keeps the old name: set `rotationDays` to 0 for that update.
     */
    application: userName("application"),
    /**
     * Name of the user that only reads.
     * @remarks As with `application`.
     */
    readOnly: userName("read_only"),
    /**
     * Whether both are in the database although the stack has no cluster, whose Job makes them: set it once `npm run ops -- <stack>
     * database users` has. Until then only the master's password is rotated. Of no effect in a stack with a cluster.
     * @remarks Updated in place.
     */
    madeByHand: flag().meta(byDefault(false)),
});

export type DatabaseUsersSpec = z.output<typeof userSettings>;
