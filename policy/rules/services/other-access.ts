import { elements, text } from "../../graph/reading";
import type { Rule } from "../../rule";
import { satisfied, unknown, violated } from "../../verdict";
import { aws, isFalse, isNotTrue, isOneOf, isSet, onInputs, whenSet } from "../inputs";

/* Ways into services of which the pack judges little else. */

const server = aws("transfer/server");

const notPubliclyAccessible = onInputs({
    id: "service-not-publicly-accessible",
    title: "Databases and environments of other services have no public address",
    severity: "critical",
    enforcement: "mandatory",
    controls: {},
    remedy: "Set publiclyAccessible (of Neptune Analytics: publicConnectivity) to false.",
    appliesTo: [
        ...[aws("dms/instanceProfile"), aws("lightsail/database"), aws("m2/environment"), aws("neptunegraph/graph")],
        ...[aws("rds/shardGroup"), aws("timestreaminfluxdb/dbInstance"), aws("timestreaminfluxdb/dbCluster")],
    ],
    inputs: { publiclyAccessible: isNotTrue, publicConnectivity: isNotTrue },
});

const transferInVpc = onInputs({
    id: "transfer-server-in-vpc",
    title: "Transfer servers have their endpoint in a VPC",
    severity: "medium",
    enforcement: "advisory",
    controls: { checkov: ["CKV_AWS_164"] },
    remedy: 'Set endpointType to "VPC", with endpointDetails.',
    appliesTo: [server],
    inputs: { endpointType: isOneOf("VPC", "VPC_ENDPOINT") },
});

const transferEncrypted: Rule = {
    id: "transfer-server-encrypted",
    title: "Transfer servers do not offer FTP without TLS",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy: "Leave FTP out of protocols: SFTP is the default, FTPS is FTP over TLS.",
    appliesTo: [server],
    judges: "inputs",
    judge: (view) => {
        const protocols = view.read("protocols");
        const named = (elements(protocols) ?? []).map((one) => text(one));
        if (named.includes("FTP")) return violated("protocols includes FTP");
        return protocols.is === "unknown" || named.includes(undefined)
            ? unknown("protocols is not known yet")
            : satisfied;
    },
};

const connectorEncrypted = onInputs({
    id: "kafka-connector-encrypted",
    title: "Connectors of MSK Connect use TLS",
    severity: "medium",
    enforcement: "mandatory",
    controls: {},
    remedy: 'Set kafkaClusterEncryptionInTransit.encryptionType to "TLS". This replaces the connector.',
    appliesTo: [aws("mskconnect/connector")],
    inputs: { "kafkaClusterEncryptionInTransit.encryptionType": isOneOf("TLS") },
});

const shareWithin = onInputs({
    id: "resource-share-within-organisation",
    title: "Resource shares admit principals of the own organisation only",
    severity: "medium",
    enforcement: "advisory",
    controls: {},
    remedy: "Set allowExternalPrincipals to false.",
    appliesTo: [aws("ram/resourceShare")],
    inputs: { allowExternalPrincipals: whenSet(isFalse) },
});

const detectorEnabled = onInputs({
    id: "guardduty-enabled",
    title: "GuardDuty detectors are enabled",
    severity: "high",
    enforcement: "advisory",
    controls: { securityHub: ["GuardDuty.1"], checkov: ["CKV_AWS_238"] },
    remedy: "Leave out enable, which is true then.",
    appliesTo: [aws("guardduty/detector")],
    inputs: { enable: whenSet(isOneOf("true")) },
});

const machineLogged = onInputs({
    id: "state-machine-logged",
    title: "State machines log their executions",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["StepFunctions.1"], checkov: ["CKV_AWS_285"] },
    remedy: "Set loggingConfiguration.level to ALL, ERROR or FATAL, with a logDestination.",
    appliesTo: [aws("sfn/stateMachine")],
    inputs: {
        "loggingConfiguration.level": isOneOf("ALL", "ERROR", "FATAL"),
        "loggingConfiguration.logDestination": isSet,
    },
});

export const otherAccessRules: readonly Rule[] = [
    notPubliclyAccessible,
    transferInVpc,
    transferEncrypted,
    connectorEncrypted,
    shareWithin,
    detectorEnabled,
    machineLogged,
];
