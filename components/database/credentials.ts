import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { Connection } from "./connection";

/** A user whose credentials are kept. */
export interface User {
    username: string;
    password: random.RandomPassword;
}

/** A user with a new password. RDS refuses slash, at sign, double quote and space in one. */
export function createUser(passwordName: string, username: string, options: pulumi.CustomResourceOptions): User {
    const args = { length: 32, overrideSpecial: "!#$%&*()-_=+[]{}<>:?" };
    return { username, password: new random.RandomPassword(passwordName, args, options) };
}

/**
 * What a secret holds, in the fields that AWS's drivers and rotation functions read.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export function secretValue(engine: string, connection: Connection, replicaHosts: pulumi.Input<string>[]) {
    const { database, ...rest } = connection;
    return { engine, ...rest, dbname: database, replicaHosts };
}
