import * as aws from "@pulumi/aws";
import { type ForeignCases, keyed, later, made, on, together } from "./foreign";

const byDefault = made(aws.ebs.EncryptionByDefault, "by-default", { enabled: true });
const encode = (script: string) => Buffer.from(script).toString("base64");
const script = "#!/bin/bash\nexport DB_PASSWORD=hunter2hunter2\n";
export const ec2: ForeignCases = {
    "instance-metadata-guarded": together(
        on(aws.ec2.Instance, {
            sound: [{ metadataOptions: { httpTokens: "required" } }, { metadataOptions: { httpEndpoint: "disabled" } }],
            bad: [
                [/httpTokens is not set/, { ami: "ami-1" }],
                [/httpTokens is optional/, { metadataOptions: { httpTokens: "optional", httpEndpoint: "enabled" } }],
            ],
            unproved: [[/httpTokens is not known yet/, { metadataOptions: { httpTokens: later } }]],
        }),
        on(aws.ec2.LaunchConfiguration, { sound: [], bad: [[/httpTokens is not set/, {}]], unproved: [] }),
    ),
    "instance-without-public-address": on(aws.ec2.Instance, {
        sound: [{}, { associatePublicIpAddress: false }],
        bad: [[/associatePublicIpAddress is true/, { associatePublicIpAddress: true }]],
        unproved: [[/associatePublicIpAddress is not known yet/, { associatePublicIpAddress: later }]],
    }),
    "instance-volumes-encrypted": together(
        on(aws.ec2.Instance, {
            sound: [{ rootBlockDevice: { encrypted: true }, ebsBlockDevices: [{ encrypted: true }] }],
            bad: [
                [/rootBlockDevice.encrypted is not set/, {}],
                [/rootBlockDevice.encrypted is not set/, { rootBlockDevice: { volumeSize: 20 } }],
                [
                    /ebsBlockDevices.encrypted is false/,
                    { rootBlockDevice: { encrypted: true }, ebsBlockDevices: [{ encrypted: false }] },
                ],
            ],
            unproved: [[/rootBlockDevice.encrypted is not known yet/, { rootBlockDevice: { encrypted: later } }]],
        }),
        on(aws.ec2.Instance, { sound: [{}], bad: [], unproved: [] }, byDefault),
    ),
    "volume-encrypted": together(
        on(aws.ebs.Volume, {
            sound: [{ encrypted: true }],
            bad: [
                [/encrypted is not set/, { size: 10 }],
                [/encrypted is false/, { encrypted: false }],
            ],
            unproved: [[/encrypted is not known yet/, { encrypted: later }]],
        }),
        on(aws.ebs.Volume, { sound: [{}], bad: [], unproved: [] }, byDefault),
        on(aws.ebs.SnapshotCopy, { sound: [], bad: [[/encrypted is not set/, {}]], unproved: [] }),
        on(aws.ec2.AmiCopy, { sound: [], bad: [[/encrypted is not set/, {}]], unproved: [] }),
    ),
    "volume-encrypted-with-customer-key": keyed(aws.ebs.Volume, "kmsKeyId"),
    "snapshot-copy-encrypted-with-customer-key": keyed(aws.ebs.SnapshotCopy, "kmsKeyId"),
    "image-copy-encrypted-with-customer-key": keyed(aws.ec2.AmiCopy, "kmsKeyId"),
    "volumes-encrypted-by-default": on(aws.ebs.EncryptionByDefault, {
        sound: [{}, { enabled: true }],
        bad: [[/enabled is false/, { enabled: false }]],
        unproved: [[/enabled is not known yet/, { enabled: later }]],
    }),
    "image-not-shared": together(
        on(aws.ec2.AmiLaunchPermission, {
            sound: [{ organizationArn: "arn:aws:organizations::123456789012:organization/o-1" }],
            bad: [
                [/everybody may use it/, { group: "all" }],
                [/the account 111122223333 may/, { accountId: "111122223333" }],
            ],
            unproved: [[/group is not known yet/, { group: later }]],
        }),
        on(aws.ec2.SnapshotCreateVolumePermission, {
            sound: [],
            bad: [
                [/the account 111122223333 may/, { accountId: "111122223333" }],
                [/everybody/, { accountId: "all" }],
            ],
            unproved: [[/accountId is not known yet/, { accountId: later }]],
        }),
    ),
    "snapshot-sharing-blocked": on(aws.ebs.SnapshotBlockPublicAccess, {
        sound: [{ state: "block-all-sharing" }],
        bad: [[/state is unblocked/, { state: "unblocked" }]],
        unproved: [[/state is not known yet/, { state: later }]],
    }),
    "user-data-without-secrets": together(
        on(aws.ec2.Instance, {
            sound: [
                {},
                {
                    userData:
                        "#!/bin/bash\nyum update -y\nDB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id db)",
                },
                { userData: "echo DB_SECRET_ARN=arn:aws:secretsmanager:eu-west-1:123456789012:secret:db" },
            ],
            bad: [
                [/userData contains a value for DB_PASSWORD/, { userData: script }],
                [/contains an access key of AWS/, { userData: "aws configure set x AKIAIOSFODNN7EXAMPLE" }],
                [/contains a URL with a password/, { userData: "psql postgres://app:hunter2@db/app" }],
                [/userDataBase64 contains a value for DB_PASSWORD/, { userDataBase64: encode(script) }],
            ],
            unproved: [[/userData is not known yet/, { userData: later }]],
        }),
        on(aws.ec2.LaunchTemplate, {
            sound: [{ userData: encode("yum update -y") }],
            bad: [[/userData contains a value for DB_PASSWORD/, { userData: encode(script) }]],
            unproved: [],
        }),
    ),
};
