import { type Rule, repeated } from "../../validation";
import { dialectOf, engines } from "../engines/engines";
import { isReservedUser } from "../engines/reserved-names";
import { forInstances } from "../engines/rules";
import type { DatabaseSpec } from "../spec";
import { monitoringUser } from "./user";

/** The rules on what a spec says of passwords. */
export const credentialRules: Rule<DatabaseSpec>[] = [
    ...(["masterUsername", "users.application", "users.readOnly"] as const).flatMap(userRules),
    {
        at: "users",
        when: (spec) => repeated(namesOf(spec)) !== undefined,
        say: (spec) =>
            `"${repeated(namesOf(spec))}" would be two users at once, of the master, application, readOnly and ${monitoringUser}; give each a name of its own`,
    },
    forInstances({
        at: "masterPassword",
        when: ({ masterPassword, readReplicas }) => masterPassword === "managed" && readReplicas > 0,
        say: ({ readReplicas }) =>
            `managed is not for a database with ${readReplicas} read replicas; give generated, or readReplicas: 0`,
    }),
    {
        at: "masterPassword",
        when: ({ masterPassword, blueGreenUpdates }) => masterPassword === "managed" && blueGreenUpdates === true,
        say: () => "managed is not for blue/green updates; give generated, or blueGreenUpdates: false",
    },
];

type UserField = "masterUsername" | "users.application" | "users.readOnly";

/** The rules on the name of each user. */
function userRules(at: UserField): Rule<DatabaseSpec>[] {
    const named = (spec: DatabaseSpec) =>
        at === "masterUsername"
            ? spec.masterUsername
            : spec.users[at === "users.application" ? "application" : "readOnly"];
    return [
        {
            at,
            when: (spec) => named(spec).length > engines[spec.engine].longestUser,
            say: (spec) =>
                `"${named(spec)}" is too long for ${engines[spec.engine].label}; give ${engines[spec.engine].longestUser} characters at most`,
        },
        {
            at,
            when: (spec) => engines[spec.engine].reservedUsers.test(named(spec)),
            say: (spec) => `"${named(spec)}" is reserved by RDS or ${engines[spec.engine].label}; give another`,
        },
        {
            at,
            when: (spec) => isReservedUser(dialectOf(spec.engine), named(spec)),
            say: (spec) => `"${named(spec)}" is a word of ${engines[spec.engine].label}'s language; give another`,
        },
    ];
}

/** Who logs in. Names that differ in capitals alone count as one, for people take them for one. */
function namesOf({ masterUsername, users }: DatabaseSpec): string[] {
    return [masterUsername, users.application, users.readOnly, monitoringUser].map((name) => name.toLowerCase());
}
