import type { Rule } from "../../rule";
import { mustNotBePublic, onDocuments } from "../checks";
import { aws, customerKey, isOneOf, isTrue, judgeInputs, must, mustHavePart, onInputs } from "../inputs";

const fileSystem = aws("efs/fileSystem");
const accessPoint = aws("efs/accessPoint");

const encrypted = onInputs({
    id: "file-system-encrypted",
    title: "File systems are encrypted",
    severity: "high",
    enforcement: "mandatory",
    controls: {
        securityHub: ["EFS.1"],
        cis: ["AWS Foundations 5.0 §2.3.1", "AWS Foundations 7.0 §3.3.1"],
        checkov: ["CKV_AWS_42"],
    },
    remedy: "Set encrypted: true. On an existing file system this replaces it.",
    appliesTo: [fileSystem],
    inputs: { encrypted: isTrue },
});

const policyNotPublic = onDocuments({
    id: "file-system-policy-not-public",
    title: "File system policies do not allow public access",
    severity: "critical",
    enforcement: "mandatory",
    controls: { cis: ["AWS Foundations 7.0 §2.21"] },
    remedy: "Name principals, or limit the statement by elasticfilesystem:AccessPointArn, aws:PrincipalAccount or aws:PrincipalOrgID.",
    appliesTo: [aws("efs/fileSystemPolicy")],
    judge: (policy) => mustNotBePublic(policy),
});

const backedUp: Rule = {
    id: "file-system-backed-up",
    title: "File systems are backed up",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["EFS.2"] },
    remedy: 'Give the file system an aws.efs.BackupPolicy whose backupPolicy.status is "ENABLED".',
    appliesTo: [fileSystem],
    judge: (view) =>
        mustHavePart(view, {
            ...{ types: [aws("efs/backupPolicy")], input: "fileSystemId", names: ["id"], what: "backup policy" },
            judge: (part) => judgeInputs(part, { "backupPolicy.status": isOneOf("ENABLED") }),
        }),
};

const rootSet = onInputs({
    id: "file-system-access-point-below-root",
    title: "Access points of file systems lead to a directory below the root",
    severity: "medium",
    enforcement: "advisory",
    controls: { securityHub: ["EFS.3"], checkov: ["CKV_AWS_329"] },
    remedy: "Set rootDirectory.path to the directory of the application.",
    appliesTo: [accessPoint],
    inputs: {
        "rootDirectory.path": must(
            (path) => path !== "/",
            () => "is the root",
        ),
    },
});

const userSet = onInputs({
    id: "file-system-access-point-user",
    title: "Access points of file systems set the user",
    severity: "medium",
    enforcement: "advisory",
    controls: { securityHub: ["EFS.4"], checkov: ["CKV_AWS_330"] },
    remedy: "Set posixUser to the uid and gid of the application.",
    appliesTo: [accessPoint],
    inputs: { "posixUser.uid": must(Boolean, () => "is empty"), "posixUser.gid": must(Boolean, () => "is empty") },
});

const key = customerKey({
    id: "file-system-encrypted-with-customer-key",
    of: "File systems",
    types: [fileSystem],
    input: "kmsKeyId",
    controls: { checkov: ["CKV_AWS_184"] },
    change: "On an existing file system this replaces it.",
});

export const efsRules: readonly Rule[] = [encrypted, key, policyNotPublic, backedUp, rootSet, userSet];
