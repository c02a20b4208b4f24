import { randomBytes, randomUUID } from "node:crypto";
import { Account, type Entity } from "../account/account";
import { Cipher } from "../account/cipher";
import { SECRET_ROTATION } from "../providers/aws/types/secretsmanager/secret-rotation";
import {
    currentVersion,
    relabelled,
    SECRET_VERSION,
    versionsOf,
} from "../providers/aws/types/secretsmanager/secret-version";
import { revealDeep, Secret } from "../rpc/values";
import { SandboxError } from "./failure";
import { type Layout, passphrase } from "./layout";

/** Stands in the place of a Pulumi name, and of the run that made it, on a version that a rotation wrote. */
const ROTATION = "rotation";

/**
 * Does in a stack's account what Secrets Manager does when a rotation's day has come: every secret that is to be rotated
 * gets a new version, with another password and all else as it was. Returns the secrets.
 */
export function rotateSecrets(layout: Layout, stack: string): string[] {
    const account = new Account(layout.accounts, stack);
    const cipher = new Cipher(passphrase(layout));
    const rotations = account.records().filter(({ type, retained }) => type === SECRET_ROTATION && !retained);
    if (rotations.length === 0) throw new SandboxError(`no secret of ${stack} is rotated: set rotationDays first`);
    return rotations.map(({ id: secretId }) => {
        const current = currentVersion(secretId, account.records());
        if (!current) throw new SandboxError(`${secretId} holds nothing that could be rotated`);
        const next = rotated(current, secretId, cipher);
        const { puts = [], removes = [] } = relabelled(versionsOf(secretId, account.records()), ["AWSCURRENT"]);
        account.put(next);
        for (const version of puts) account.put(version);
        for (const { type, id } of removes) account.remove(type, id);
        return secretId;
    });
}

function rotated(current: Entity, secretId: string, cipher: Cipher): Entity {
    const held = revealDeep(cipher.open(current.outputs).secretString);
    const fields = JSON.parse(String(held)) as Record<string, unknown>;
    const password = randomBytes(24).toString("hex");
    const versionId = randomUUID();
    const value = { secretId, secretString: new Secret(JSON.stringify({ ...fields, password })) };
    return {
        ...{ type: SECRET_VERSION, id: `${secretId}|${versionId}`, name: ROTATION, region: current.region },
        inputs: cipher.seal(value),
        outputs: cipher.seal({ ...value, arn: secretId, versionId, versionStages: ["AWSCURRENT"] }),
        run: ROTATION,
    };
}
