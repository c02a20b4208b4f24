import { randomBytes, randomUUID } from "node:crypto";
import type { Account, Entity } from "../account/account";
import type { Cipher } from "../account/cipher";
import { SandboxError } from "../account/sandbox-error";
import { SECRET_ROTATION } from "../providers/aws/types/secretsmanager/secret-rotation";
import {
    currentVersion,
    relabelled,
    SECRET_VERSION,
    versionsOf,
} from "../providers/aws/types/secretsmanager/secret-version";
import { revealDeep, Secret } from "../rpc/values";

/** Stands for the Pulumi name and for the run of a version that a rotation wrote. */
const ROTATION = "rotation";

/**
 * Does in an account what Secrets Manager does when a rotation is due: every secret with a rotation gets a new version, with another
 * password and everything else unchanged. Returns the ids of the secrets.
 */
export function rotateSecrets(account: Account, cipher: Cipher): string[] {
    const rotations = account.records().filter(({ type, retained }) => type === SECRET_ROTATION && !retained);
    if (rotations.length === 0)
        throw new SandboxError(
            `${account.stack} has no secret with a rotation: set rotationDays and bring the stack up first`,
        );
    return rotations.map(({ id: secretId }) => {
        const current = currentVersion(secretId, account.records());
        if (!current)
            throw new SandboxError(
                `${secretId} has no current version, so there is no password to rotate: bring the stack up first`,
            );
        const next = nextVersion(current, secretId, cipher);
        const { puts = [], removes = [] } = relabelled(versionsOf(secretId, account.records()), ["AWSCURRENT"]);
        account.put(next);
        for (const version of puts) account.put(version);
        for (const { type, id } of removes) account.remove(type, id);
        return secretId;
    });
}

function nextVersion(current: Entity, secretId: string, cipher: Cipher): Entity {
    const secretString = revealDeep(cipher.open(current.outputs).secretString);
    const fields = JSON.parse(String(secretString)) as Record<string, unknown>;
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
