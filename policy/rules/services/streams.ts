import type { Rule } from "../../rule";
import { satisfied, unknown, violated } from "../../verdict";
import { mustNotBePublic, onDocuments } from "../checks";
import { aws, customerKey, isNoneOf, isOneOf, isTrue, judgeInputs, onInputs, valueAt, whenSet } from "../inputs";

const kafka = aws("msk/cluster");
const stream = aws("kinesis/stream");
const firehose = aws("kinesis/firehoseDeliveryStream");

/** Data at rest is always encrypted, and TLS is the default of both. https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html */
const kafkaTls = onInputs({
    id: "kafka-encrypted-in-transit",
    title: "Kafka clusters refuse connections without TLS",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["MSK.1"], checkov: ["CKV_AWS_81"] },
    remedy: 'Leave out encryptionInfo.encryptionInTransit, or set clientBroker: "TLS" and inCluster: true.',
    appliesTo: [kafka],
    inputs: {
        "encryptionInfo.encryptionInTransit.clientBroker": whenSet(isOneOf("TLS")),
        "encryptionInfo.encryptionInTransit.inCluster": whenSet(isTrue),
    },
});

const kafkaPrivate = onInputs({
    id: "kafka-not-public",
    title: "Kafka clusters have no public address",
    severity: "critical",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_291"] },
    remedy: 'Leave out brokerNodeGroupInfo.connectivityInfo.publicAccess, or set its type to "DISABLED".',
    appliesTo: [kafka],
    inputs: { "brokerNodeGroupInfo.connectivityInfo.publicAccess.type": whenSet(isOneOf("DISABLED")) },
});

const kafkaAuthenticated: Rule = {
    id: "kafka-authenticated",
    title: "Kafka clusters require authentication",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy: "Set clientAuthentication to sasl.iam, sasl.scram or tls, and leave out unauthenticated.",
    judges: "inputs",
    appliesTo: [kafka],
    judge: (view) => {
        const given = view.read("clientAuthentication");
        if (given.is === "unknown") return unknown("clientAuthentication is not known yet");
        const open = judgeInputs(view, { "clientAuthentication.unauthenticated": isNoneOf("true") });
        if (open.is !== "satisfied") return open;
        const ways = ["sasl.iam", "sasl.scram", "tls"];
        const isClosed = ways.some((way) => {
            const reading = valueAt(view, `clientAuthentication.${way}`);
            return reading.is !== "absent" && !(reading.is === "known" && reading.value === false);
        });
        return isClosed ? satisfied : violated("clientAuthentication is not set, so clients need no identity");
    },
};

const kafkaPolicyNotPublic = onDocuments({
    id: "stream-policy-not-public",
    title: "Policies of Kafka clusters and Kinesis streams do not allow public access",
    severity: "critical",
    enforcement: "mandatory",
    controls: { cis: ["AWS Foundations 7.0 §2.21"] },
    remedy: "Name principals, or limit the statement by aws:PrincipalAccount or aws:PrincipalOrgID.",
    appliesTo: [aws("msk/clusterPolicy"), aws("kinesis/resourcePolicy")],
    judge: (policy) => mustNotBePublic(policy),
});

/** A stream is not encrypted unless it says so. https://docs.aws.amazon.com/streams/latest/dev/getting-started-with-sse.html */
const streamEncrypted = onInputs({
    id: "stream-encrypted",
    title: "Kinesis streams are encrypted",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["Kinesis.1"], checkov: ["CKV_AWS_43"] },
    remedy: 'Set encryptionType: "KMS" and kmsKeyId, for example to alias/aws/kinesis.',
    appliesTo: [stream],
    inputs: { encryptionType: isOneOf("KMS") },
});

const firehoseEncrypted: Rule = {
    id: "delivery-stream-encrypted",
    title: "Firehose streams are encrypted",
    severity: "high",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_240"] },
    remedy: "Set serverSideEncryption.enabled: true. A stream that reads from a Kinesis stream has the encryption of that one.",
    judges: "inputs",
    appliesTo: [firehose],
    judge: (view) => {
        const sources = ["kinesisSourceConfiguration", "mskSourceConfiguration"];
        if (sources.some((key) => view.read(key).is !== "absent")) return satisfied;
        return judgeInputs(view, { "serverSideEncryption.enabled": isTrue });
    },
};

export const streamsRules: readonly Rule[] = [
    kafkaTls,
    kafkaPrivate,
    kafkaAuthenticated,
    kafkaPolicyNotPublic,
    customerKey({
        id: "kafka-encrypted-with-customer-key",
        of: "Kafka clusters",
        types: [kafka],
        input: "encryptionInfo.encryptionAtRestKmsKeyArn",
        controls: {},
        change: "On an existing cluster this replaces it.",
    }),
    streamEncrypted,
    customerKey({
        id: "stream-encrypted-with-customer-key",
        of: "Kinesis streams",
        types: [stream],
        input: "kmsKeyId",
        controls: { checkov: ["CKV_AWS_185"] },
    }),
    firehoseEncrypted,
    customerKey({
        id: "delivery-stream-encrypted-with-customer-key",
        of: "Firehose streams",
        types: [firehose],
        input: "serverSideEncryption.keyArn",
        controls: { checkov: ["CKV_AWS_241"] },
    }),
];
