import type * as pulumi from "@pulumi/pulumi";
import { createUser, type KeptUser, type User } from "./credentials";

/** Something of each user whose credentials Plinth keeps; the master's are not among them where RDS keeps those. */
export interface OfUsers<Thing> {
    master?: Thing;
    application: Thing;
    readOnly: Thing;
}

/** The same by the users' parts of names. */
export function byPart<Thing>({ master, application, readOnly }: OfUsers<Thing>): Record<string, Thing> {
    return { ...(master !== undefined && { master }), application, "read-only": readOnly };
}

/** Makes something else of what each user has. */
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

/** The users besides the master, each with a new password, and the master where Plinth keeps its. */
export function createUsers(
    childName: (part: string) => string,
    { username, password }: User,
    options: pulumi.CustomResourceOptions,
): OfUsers<KeptUser> {
    return {
        ...(password && { master: { username, password } }),
        application: createUser(childName("application-password"), "application", options),
        readOnly: createUser(childName("read-only-password"), "read_only", options),
    };
}
