import type * as pulumi from "@pulumi/pulumi";
import { createUser, type KeptUser, type User } from "./credentials";
import type { DatabaseUsersSpec } from "./spec";

/** Name of the user who monitors the database, in every database. */
export const monitoringUser = "monitoring";

/** A value for each user whose credentials Plinth manages; without the master's where RDS manages them. */
export interface OfUsers<Thing> {
    master?: Thing;
    application: Thing;
    readOnly: Thing;
}

/** The values by the users' parts of names. */
export function byPart<Thing>({ master, application, readOnly }: OfUsers<Thing>): Record<string, Thing> {
    return { ...(master !== undefined && { master }), application, "read-only": readOnly };
}

/** Maps the value of each user. */
export function mapUsers<From, To>(
    { master, application, readOnly }: OfUsers<From>,
    make: (part: string, from: From) => To,
): OfUsers<To> {
    return {
        ...(master !== undefined && { master: make("master", master) }),
        application: make("application", application),
        readOnly: make("read-only", readOnly),
    };
}

/** The application's and the read-only user, each with a new password, and the master where Plinth manages its password. */
export function createUsers(
    childName: (part: string) => string,
    { username, password }: User,
    { application, readOnly }: DatabaseUsersSpec,
    options: pulumi.CustomResourceOptions,
): OfUsers<KeptUser> {
    return {
        ...(password && { master: { username, password } }),
        application: createUser(childName("application-password"), application, options),
        readOnly: createUser(childName("read-only-password"), readOnly, options),
    };
}
