import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { dialectOf } from "../engines/engines";
import type { DatabaseServers } from "../servers";
import type { DatabaseSpec } from "../spec";
import type { Connection } from "./connection";

/** A user of a database. */
export interface User {
    username: string;
    /** Undefined where RDS generates and stores it. */
    password?: random.RandomPassword;
}

/** A user whose password Plinth generates. */
export type KeptUser = Required<User>;

/** Special characters in passwords. RDS refuses slash, at sign, double quote and space. */
const specialCharacters = "!#$%&*()-_=+[]{}<>:?";

/** The other printable characters of ASCII: a rotation function must not use them in a password. */
export const excludedCharacters = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
    .filter((character) => !/[A-Za-z0-9]/.test(character) && !specialCharacters.includes(character))
    .join("");

/** A user with a new password. */
export function createUser(passwordName: string, username: string, options: pulumi.CustomResourceOptions): KeptUser {
    const args = { length: 32, overrideSpecial: specialCharacters };
    return { username, password: new random.RandomPassword(passwordName, args, options) };
}

/**
 * The value of a user's secret, in the fields that AWS's drivers and rotation functions read.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export function secretValue(
    { engine }: Pick<DatabaseSpec, "engine">,
    connection: Connection,
    { replicaAddresses: replicaHosts }: Pick<DatabaseServers, "replicaAddresses">,
    proxy?: { host: pulumi.Input<string>; port: number },
) {
    const { database, ...rest } = connection;
    // The rotation function connects to `host`, so it must be the server's.
    const ofProxy = proxy && { proxyHost: proxy.host, proxyPort: proxy.port };
    return { engine: dialectOf(engine), ...rest, dbname: database, replicaHosts, ...ofProxy };
}
