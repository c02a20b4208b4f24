import * as aws from "@pulumi/aws";
import { ref } from "../stack";
import { type ForeignCases, keyed, later, made, on, policy } from "./foreign";

const files = made(aws.efs.FileSystem, "files", { encrypted: true });
const anyone = { Sid: "Anyone", Effect: "Allow", Principal: { AWS: "*" }, Action: "*", Resource: "*" };

export const efs: ForeignCases = {
    "file-system-encrypted": on(aws.efs.FileSystem, {
        sound: [{ encrypted: true }],
        bad: [
            [/encrypted is not set/, {}],
            [/encrypted is false/, { encrypted: false }],
        ],
        unproved: [[/encrypted is not known yet/, { encrypted: later }]],
    }),
    "file-system-encrypted-with-customer-key": keyed(aws.efs.FileSystem, "kmsKeyId"),
    "file-system-policy-not-public": on(aws.efs.FileSystemPolicy, {
        sound: [{ policy: policy({ ...anyone, Principal: { AWS: "arn:aws:iam::123456789012:root" } }) }],
        bad: [[/"Anyone" of its policy allows public access/, { policy: policy(anyone) }]],
        unproved: [[/its policy is not known yet/, { policy: later }]],
    }),
    "file-system-backed-up": {
        sound: [
            [
                files,
                made(aws.efs.BackupPolicy, "it", { fileSystemId: ref("files"), backupPolicy: { status: "ENABLED" } }),
            ],
        ],
        bad: [
            [/it has no backup policy/, files],
            [
                /status is DISABLED/,
                files,
                made(aws.efs.BackupPolicy, "it", { fileSystemId: ref("files"), backupPolicy: { status: "DISABLED" } }),
            ],
        ],
        unproved: [],
    },
    "file-system-access-point-below-root": on(aws.efs.AccessPoint, {
        sound: [{ rootDirectory: { path: "/app" } }],
        bad: [
            [/rootDirectory.path is not set/, {}],
            [/is the root/, { rootDirectory: { path: "/" } }],
        ],
        unproved: [],
    }),
    "file-system-access-point-user": on(aws.efs.AccessPoint, {
        sound: [{ posixUser: { uid: 1000, gid: 1000 } }],
        bad: [[/posixUser.uid is not set/, {}]],
        unproved: [],
    }),
};
