import { elements, field, text } from "../graph/reading";
import { types } from "../graph/types";
import type { Rule } from "../rule";
import { satisfied, unknown, violated } from "../verdict";
import { judgeKey, mustEqual, mustNotBePublic, onDocuments, trustedKeys } from "./checks";

const registryEncrypted: Rule = {
    id: "repository-encrypted-with-customer-key",
    title: "Image repositories are encrypted with a customer managed key",
    severity: "medium",
    enforcement: "advisory",
    controls: { securityHub: ["ECR.5"], checkov: ["CKV_AWS_136"] },
    remedy: 'Set encryptionConfigurations to encryptionType: "KMS" and the kmsKey of an aws.kms.Key of the stack. On an existing repository this replaces it.',
    appliesTo: [types.repository],
    trustedIds: [trustedKeys],
    judge: (repository, trusted) => {
        const configurations = repository.read("encryptionConfigurations");
        if (configurations.is === "unknown") return unknown("encryptionConfigurations is not known yet");
        const [first] = elements(configurations) ?? [];
        if (!first) return violated("encryptionConfigurations is not set");
        const type = field(first, "encryptionType");
        if (type.is === "unknown") return unknown("encryptionType is not known yet");
        if (!/^KMS/.test(text(type) ?? "")) return violated("encryptionType is not KMS");
        return judgeKey(field(first, "kmsKey"), repository, "encryptionConfigurations", trusted);
    },
};

const registryImmutable: Rule = {
    id: "repository-tags-immutable",
    title: "Image tags are immutable",
    severity: "medium",
    enforcement: "mandatory",
    controls: { securityHub: ["ECR.2"], checkov: ["CKV_AWS_51"] },
    remedy: 'Set imageTagMutability: "IMMUTABLE".',
    appliesTo: [types.repository],
    judge: (repository) => mustEqual(repository.read("imageTagMutability"), "imageTagMutability", "IMMUTABLE"),
};

const registryScanned: Rule = {
    id: "repository-images-scanned",
    title: "Images are scanned for vulnerabilities on push",
    severity: "medium",
    enforcement: "mandatory",
    controls: { securityHub: ["ECR.1"], cis: ["Amazon EKS 1.4 §5.1.1"], checkov: ["CKV_AWS_163"] },
    remedy: "Set imageScanningConfiguration.scanOnPush: true.",
    appliesTo: [types.repository],
    judge: (repository) => {
        const scan = field(repository.read("imageScanningConfiguration"), "scanOnPush");
        if (scan.is === "unknown") return unknown("imageScanningConfiguration is not known yet");
        return text(scan) === "true" ? satisfied : violated("scanOnPush is not true");
    },
};

const registryNotPublic = onDocuments({
    id: "repository-policy-not-public",
    title: "Image repository policies do not allow public access",
    severity: "critical",
    enforcement: "mandatory",
    controls: { cis: ["AWS Foundations 7.0 §2.21"], checkov: ["CKV_AWS_32"] },
    remedy: "Name principals, or limit the statement by aws:PrincipalAccount or aws:PrincipalOrgID.",
    appliesTo: [types.repositoryPolicy],
    judge: (policy) => mustNotBePublic(policy),
});

export const registryRules: readonly Rule[] = [
    registryEncrypted,
    registryImmutable,
    registryScanned,
    registryNotPublic,
];
