import type { View } from "../../graph/graph";
import { text } from "../../graph/reading";
import { types } from "../../graph/types";
import type { Rule, TrustedIds } from "../../rule";
import { all, satisfied, unknown, type Verdict, violated } from "../../verdict";
import {
    any,
    aws,
    type Check,
    customerKey,
    isNoneOf,
    isNotTrue,
    isOneOf,
    isTrue,
    judgeInputs,
    onInputs,
    valueAt,
    whenSet,
} from "../inputs";
import { secretIn } from "../literal-secrets";

const instances = [aws("ec2/instance"), aws("ec2/spotInstanceRequest"), aws("ec2/launchConfiguration")];

const metadataGuarded: Rule = {
    ...onInputs({
        id: "instance-metadata-guarded",
        title: "The metadata of instances requires a token (IMDSv2)",
        severity: "high",
        enforcement: "mandatory",
        controls: {
            securityHub: ["EC2.8", "AutoScaling.3"],
            cis: ["AWS Foundations 5.0 §5.7", "AWS Foundations 7.0 §6.7"],
            checkov: ["CKV_AWS_79"],
        },
        remedy: 'Set metadataOptions.httpTokens: "required".',
        appliesTo: instances,
        inputs: {},
    }),
    judge: (instance) =>
        any(
            judgeInputs(instance, { "metadataOptions.httpTokens": isOneOf("required") }),
            judgeInputs(instance, { "metadataOptions.httpEndpoint": isOneOf("disabled") }),
        ),
};

const withoutPublicAddress = onInputs({
    id: "instance-without-public-address",
    title: "Instances have no public IP address",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["EC2.9", "AutoScaling.5"], checkov: ["CKV_AWS_88", "CKV_AWS_389"] },
    remedy: "Set associatePublicIpAddress: false, and give the instance a private subnet behind a load balancer or a NAT gateway.",
    appliesTo: instances,
    inputs: { associatePublicIpAddress: isNotTrue },
});

/** Whether a resource of the stack makes EBS encrypt every new volume of the region. */
function encryptsByDefault(view: View): boolean {
    return view
        .allOfTypes([aws("ebs/encryptionByDefault")])
        .some(
            (one) => one.sharesProviderWith(view) && judgeInputs(one, { enabled: whenSet(isTrue) }).is === "satisfied",
        );
}

/** Where EBS encrypts by default a volume need not say so. */
const unlessByDefault = (view: View, verdict: () => Verdict): Verdict =>
    encryptsByDefault(view) ? satisfied : verdict();

const instanceVolumesEncrypted: Rule = {
    id: "instance-volumes-encrypted",
    title: "Instances encrypt their volumes, the root volume included",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["EC2.3"], checkov: ["CKV_AWS_8"] },
    remedy: "Set rootBlockDevice.encrypted: true, and encrypted: true in each of ebsBlockDevices. On an existing instance this replaces it.",
    appliesTo: instances,
    judge: (instance) =>
        unlessByDefault(instance, () =>
            judgeInputs(instance, { "rootBlockDevice.encrypted": isTrue, "ebsBlockDevices[].encrypted": isTrue }),
        ),
};

const volumeEncrypted: Rule = {
    id: "volume-encrypted",
    title: "EBS volumes, and copies of snapshots and images, are encrypted",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["EC2.3"], checkov: ["CKV_AWS_3", "CKV_AWS_235"] },
    remedy: "Set encrypted: true. This replaces an existing one.",
    appliesTo: [...[aws("ebs/volume"), aws("ebs/snapshotCopy"), aws("ebs/snapshotImport"), aws("ec2/amiCopy")]],
    judge: (volume) => unlessByDefault(volume, () => judgeInputs(volume, { encrypted: isTrue })),
};

const encryptedByDefault = onInputs({
    id: "volumes-encrypted-by-default",
    title: "EBS encrypts new volumes by default",
    severity: "high",
    enforcement: "mandatory",
    controls: {
        securityHub: ["EC2.7"],
        cis: ["AWS Foundations 5.0 §5.1.1", "AWS Foundations 7.0 §6.1.1"],
        checkov: ["CKV_AWS_106"],
    },
    remedy: "Leave out enabled, or set it to true.",
    appliesTo: [aws("ebs/encryptionByDefault")],
    inputs: { enabled: whenSet(isTrue) },
});

/** Accounts with which the stack may share. */
export const trustedAccounts: TrustedIds = {
    key: "accountIds",
    meaning: "an account that belongs to the same owner",
    pattern: "^[0-9]{12}$",
};

const imagesNotShared: Rule = {
    id: "image-not-shared",
    title: "Snapshots and machine images are shared with accounts of the owner only",
    severity: "critical",
    enforcement: "mandatory",
    controls: { securityHub: ["EC2.1"], checkov: ["CKV_AWS_205"] },
    remedy: "Remove the permission, or list the account under accountIds in the policy's configuration.",
    appliesTo: [aws("ec2/snapshotCreateVolumePermission"), aws("ec2/amiLaunchPermission")],
    trustedIds: [trustedAccounts],
    judge: (permission, trusted) => {
        const group = permission.read("group");
        if (group.is === "unknown") return unknown("group is not known yet");
        if (text(group) === "all") return violated("everybody may use it");
        const account = permission.read("accountId");
        if (account.is === "absent") return satisfied; // An organisation, or a part of one, is named instead.
        if (account.is === "unknown") return unknown("accountId is not known yet");
        const id = text(account) ?? "";
        if (trusted.has(id)) return satisfied;
        return violated(id === "all" ? "everybody may use it" : `the account ${id} may use it`);
    },
};

const snapshotsBlocked = onInputs({
    id: "snapshot-sharing-blocked",
    title: "The public sharing of snapshots is blocked",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["EC2.1"] },
    remedy: 'Set state: "block-all-sharing".',
    appliesTo: [aws("ebs/snapshotBlockPublicAccess")],
    inputs: { state: isNoneOf("unblocked") },
});

/** User data can be read by everything on the instance and by whoever may describe it. */
const noSecret =
    (isEncoded: boolean): Check =>
    (reading, what) => {
        if (reading.is === "unknown") return unknown(`${what} is not known yet`);
        const given = text(reading) ?? "";
        const script = isEncoded ? Buffer.from(given, "base64").toString() : given;
        const found = secretIn(script);
        return found ? violated(`${what} contains ${found}`) : satisfied;
    };

const userDataWithoutSecrets: Rule = {
    ...onInputs({
        id: "user-data-without-secrets",
        title: "User data contains no secrets",
        severity: "high",
        enforcement: "mandatory",
        controls: { checkov: ["CKV_AWS_46"] },
        remedy: "Keep the secret in Secrets Manager, and let the instance read it with its role.",
        appliesTo: [...instances, types.launchTemplate],
        inputs: {},
    }),
    judge: (view) => {
        // A launch template takes the text encoded only.
        const isTemplate = view.type === types.launchTemplate;
        return all([
            noSecret(isTemplate)(valueAt(view, "userData"), "userData"),
            noSecret(true)(valueAt(view, "userDataBase64"), "userDataBase64"),
        ]);
    },
};

const volumeKey = (id: string, of: string, type: string, checkov: string[]) =>
    customerKey({ id, of, types: [aws(type)], input: "kmsKeyId", controls: { checkov }, change: "This replaces it." });

export const ec2Rules: readonly Rule[] = [
    metadataGuarded,
    withoutPublicAddress,
    instanceVolumesEncrypted,
    volumeEncrypted,
    volumeKey("volume-encrypted-with-customer-key", "EBS volumes", "ebs/volume", ["CKV_AWS_189"]),
    volumeKey("snapshot-copy-encrypted-with-customer-key", "Copies of snapshots", "ebs/snapshotCopy", ["CKV_AWS_183"]),
    volumeKey("image-copy-encrypted-with-customer-key", "Copies of images", "ec2/amiCopy", ["CKV_AWS_236"]),
    encryptedByDefault,
    imagesNotShared,
    snapshotsBlocked,
    userDataWithoutSecrets,
];
