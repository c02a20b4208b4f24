import type { Entity } from "../../../../account/account";
import type { ResourceType, SideEffects } from "../../resource-type";

export const SECRET = "aws:secretsmanager/secret:Secret";
export const SECRET_VERSION = "aws:secretsmanager/secretVersion:SecretVersion";

const CURRENT = "AWSCURRENT";
const PREVIOUS = "AWSPREVIOUS";

/** The staging labels of a version. A refresh reads them into the input as well. */
function labelsOf(version: Entity): string[] {
    return (version.outputs.versionStages as string[] | undefined) ?? [];
}

/** The versions of a secret, including those that a rotation wrote. */
export function versionsOf(secretId: string, all: Entity[]): Entity[] {
    return all.filter(({ type, inputs }) => type === SECRET_VERSION && inputs.secretId === secretId);
}

/** The current version of a secret. */
export function currentVersion(secretId: string, all: Entity[]): Entity | undefined {
    return versionsOf(secretId, all).find((version) => labelsOf(version).includes(CURRENT));
}

/**
 * Moves staging labels to a new version with `labels`: each label is on one version only, and the version that
 * was current becomes the previous one. Secrets Manager deletes versions without labels some time later, the sandbox at once.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version
 */
export function relabelled(versions: Entity[], labels: readonly string[]): SideEffects {
    const puts: Entity[] = [];
    const removes: Entity[] = [];
    for (const version of versions) {
        const before = labelsOf(version);
        const wasCurrent = labels.includes(CURRENT) && before.includes(CURRENT);
        const taken = labels.includes(CURRENT) ? [...labels, PREVIOUS] : labels;
        const after = [...before.filter((label) => !taken.includes(label)), ...(wasCurrent ? [PREVIOUS] : [])];
        if (after.length === 0) removes.push(version);
        else if (after.join() !== before.join()) puts.push(withLabels(version, after));
    }
    return { puts, removes };
}

function withLabels(version: Entity, labels: string[]): Entity {
    return {
        ...version,
        // Where the program sets labels, a refresh reads them into the inputs too.
        inputs: { ...version.inputs, ...(version.inputs.versionStages !== undefined && { versionStages: labels }) },
        outputs: { ...version.outputs, versionStages: labels },
    };
}

export const secretVersions: Record<string, ResourceType> = {
    [SECRET_VERSION]: {
        id: ({ inputs, hex }) => `${inputs.text("secretId")}|terraform-${hex(26)}`,
        outputs: ({ id, inputs }) => ({
            arn: inputs.text("secretId"),
            secretArn: inputs.text("secretId"),
            versionId: id.split("|")[1] ?? "",
            versionStages: inputs.has("versionStages") ? inputs.texts("versionStages") : [CURRENT],
            hasSecretStringWo: false,
        }),
        // A secret is deleted together with all its versions.
        refersTo: { secretId: { type: SECRET, weak: true } },
        rejects: [
            {
                code: "InvalidParameterException",
                when: (inputs) => inputs.has("secretString") === inputs.has("secretBinary"),
                say: () => "You must provide either SecretString or SecretBinary.",
            },
            {
                code: "InvalidParameterException",
                at: "versionStages",
                when: (inputs) => inputs.has("versionStages") && inputs.list("versionStages").length > 20,
                say: () => "A version takes at most 20 staging labels.",
            },
        ],
        sideEffects: ({ id, inputs, all }) =>
            relabelled(
                versionsOf(inputs.text("secretId"), all(SECRET_VERSION)).filter((other) => other.id !== id),
                inputs.has("versionStages") ? inputs.texts("versionStages") : [CURRENT],
            ),
        notFound: "ResourceNotFoundException",
    },
};
