import * as aws from "@pulumi/aws";
import { type ForeignCases, keyed, later, on, policy, together } from "./foreign";

const anyone = { Sid: "Anyone", Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
const transit = (of: object) => ({ encryptionInfo: { encryptionInTransit: of } });
const access = (type: string | typeof later) => ({
    brokerNodeGroupInfo: { connectivityInfo: { publicAccess: { type } } },
});

export const streams: ForeignCases = {
    "kafka-encrypted-in-transit": on(aws.msk.Cluster, {
        sound: [{}, transit({ clientBroker: "TLS", inCluster: true })],
        bad: [
            [/clientBroker is TLS_PLAINTEXT, not TLS/, transit({ clientBroker: "TLS_PLAINTEXT" })],
            [/inCluster is false/, transit({ inCluster: false })],
        ],
        unproved: [[/clientBroker is not known yet/, transit({ clientBroker: later })]],
    }),
    "kafka-not-public": on(aws.msk.Cluster, {
        sound: [{}, access("DISABLED")],
        bad: [[/publicAccess.type is SERVICE_PROVIDED_EIPS/, access("SERVICE_PROVIDED_EIPS")]],
        unproved: [[/publicAccess.type is not known/, access(later)]],
    }),
    "kafka-authenticated": on(aws.msk.Cluster, {
        sound: [
            { clientAuthentication: { sasl: { iam: true } } },
            { clientAuthentication: { tls: { certificateAuthorityArns: ["arn"] } } },
        ],
        bad: [
            [/clientAuthentication is not set/, {}],
            [/unauthenticated is true/, { clientAuthentication: { sasl: { iam: true }, unauthenticated: true } }],
        ],
        unproved: [[/clientAuthentication is not known yet/, { clientAuthentication: later }]],
    }),
    "stream-policy-not-public": together(
        on(aws.msk.ClusterPolicy, {
            sound: [{ policy: policy({ ...anyone, Principal: { AWS: "123456789012" } }) }],
            bad: [[/"Anyone" of its policy/, { policy: policy(anyone) }]],
            unproved: [[/its policy is not known yet/, { policy: later }]],
        }),
        on(aws.kinesis.ResourcePolicy, { sound: [], bad: [[/"Anyone"/, { policy: policy(anyone) }]], unproved: [] }),
    ),
    "kafka-encrypted-with-customer-key": keyed(aws.msk.Cluster, "encryptionInfo.encryptionAtRestKmsKeyArn"),
    "stream-encrypted": on(aws.kinesis.Stream, {
        sound: [{ encryptionType: "KMS", kmsKeyId: "alias/aws/kinesis" }],
        bad: [
            [/encryptionType is not set/, {}],
            [/encryptionType is NONE, not KMS/, { encryptionType: "NONE" }],
        ],
        unproved: [[/encryptionType is not known/, { encryptionType: later }]],
    }),
    "stream-encrypted-with-customer-key": keyed(aws.kinesis.Stream, "kmsKeyId"),
    "delivery-stream-encrypted": on(aws.kinesis.FirehoseDeliveryStream, {
        sound: [
            { serverSideEncryption: { enabled: true } },
            { kinesisSourceConfiguration: { kinesisStreamArn: later } },
        ],
        bad: [[/serverSideEncryption.enabled is not set/, {}]],
        unproved: [[/serverSideEncryption.enabled is not known/, { serverSideEncryption: { enabled: later } }]],
    }),
    "delivery-stream-encrypted-with-customer-key": keyed(
        aws.kinesis.FirehoseDeliveryStream,
        "serverSideEncryption.keyArn",
    ),
};
