import type { DatabaseSpec } from "../spec";

/** The arguments of the key of the database named `displayName`. */
export function databaseKeyArgs(
    displayName: string,
    { keyDeletionWindowDays }: Pick<DatabaseSpec, "keyDeletionWindowDays">,
) {
    return {
        purpose: `the database ${displayName} and its credentials`,
        deletionWindowDays: keyDeletionWindowDays,
    };
}
