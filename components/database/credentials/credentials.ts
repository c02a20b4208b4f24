import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { Connection } from "./connection";

/** A user whose credentials are kept. */
export interface User {
    username: string;
    /** Undefined where RDS makes and keeps it. */
    password?: random.RandomPassword;
}

/** A user whose password Plinth makes. */
export type KeptUser = Required<User>;

/** What passwords have besides letters and digits. RDS refuses slash, at sign, double quote and space in one. */
const specialCharacters = "!#$%&*()-_=+[]{}<>:?";

/** The other printable characters of ASCII, which whatever else makes a password is to leave out. */
export const excludedCharacters = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
    .filter((character) => !/[A-Za-z0-9]/.test(character) && !specialCharacters.includes(character))
    .join("");

/** A user with a new password. */
export function createUser(passwordName: string, username: string, options: pulumi.CustomResourceOptions): KeptUser {
    const args = { length: 32, overrideSpecial: specialCharacters };
    return { username, password: new random.RandomPassword(passwordName, args, options) };
}

/**
 * What a secret holds, in the fields that AWS's drivers and rotation functions read.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export function secretValue(
    engine: string,
    connection: Connection,
    replicaHosts: pulumi.Input<string>[],
    proxy?: { host: pulumi.Input<string>; port: number },
) {
    const { database, ...rest } = connection;
    // What rotates the password connects to `host`, so that is the server's.
    const ofProxy = proxy && { proxyHost: proxy.host, proxyPort: proxy.port };
    return { engine, ...rest, dbname: database, replicaHosts, ...ofProxy };
}
