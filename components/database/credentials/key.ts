import type { DatabaseSpec } from "../spec";

/** How the key of the database that people call `displayName` is made. */
export function databaseKeyArgs(
    displayName: string,
    { keyDeletionWindowDays }: Pick<DatabaseSpec, "keyDeletionWindowDays">,
) {
    return {
        purpose: `the database ${displayName} and its credentials`,
        deletionWindowDays: keyDeletionWindowDays,
    };
}
