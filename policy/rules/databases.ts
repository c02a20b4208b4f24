import type { View } from "../graph/graph";
import { judgeIsolation } from "../graph/isolation";
import { elements, field, text } from "../graph/reading";
import { judgeReferences } from "../graph/references";
import { types } from "../graph/types";
import type { Rule } from "../rule";
import { satisfied, through, unknown, type Verdict, violated } from "../verdict";
import {
    mustBeTrue,
    mustNameCustomerKey,
    mustNameSecurityGroups,
    mustNotBeTrue,
    trustedKeys,
    trustedSecurityGroups,
} from "./checks";
import { judgeByOrigin, judgeBySource, judgeInherited, trustedSnapshots } from "./database-origins";
import { mustBeIsolated, subnetsMustBeIsolated, trustedSubnets } from "./placement";

/** The types of a database's proxy. */
const proxyTypes = [types.databaseProxy, types.databaseProxyEndpoint] as const;

const databaseEncryptedAtRest: Rule = {
    id: "database-encrypted-at-rest",
    title: "Databases encrypt their storage",
    severity: "high",
    enforcement: "mandatory",
    controls: {
        securityHub: ["RDS.3", "RDS.27"],
        cis: ["AWS Foundations 5.0 §2.2.1"],
        checkov: ["CKV_AWS_16", "CKV_AWS_96"],
    },
    remedy: "Set storageEncrypted: true. On an existing database this replaces it: restore an encrypted copy of its snapshot instead.",
    appliesTo: [types.databaseInstance, types.databaseCluster, types.databaseClusterInstance],
    trustedIds: [trustedSnapshots],
    judge: (database, trusted) =>
        judgeBySource(database, (source) =>
            judgeByOrigin(source, trusted, (decides) => mustBeTrue(decides, "storageEncrypted")),
        ),
};

const databaseEncryptedWithCustomerKey: Rule = {
    id: "database-encrypted-with-customer-key",
    title: "Databases are encrypted with a customer managed key",
    severity: "medium",
    enforcement: "advisory",
    controls: { checkov: ["CKV_AWS_327"] },
    remedy:
        "Set kmsKeyId to the arn of an aws.kms.Key of the stack. On an existing database this replaces it: restore a snapshot " +
        "that was copied under the key instead.",
    appliesTo: [types.databaseInstance, types.databaseCluster],
    trustedIds: [trustedKeys, trustedSnapshots],
    judge: (database, trusted) =>
        judgeInherited(database, "kmsKeyId", (deciding) =>
            judgeByOrigin(deciding, trusted, (decides) => mustNameCustomerKey(decides, "kmsKeyId", trusted)),
        ),
};

/**
 * The parameter that refuses connections without TLS, by the prefix of the parameter group's family. Aurora has them in
 * its cluster parameter groups only.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.require-ssl.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html#AuroraPostgreSQL.Security.SSL
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Security.html#AuroraMySQL.Security.SSL
 */
const tlsParameters = [
    { family: "postgres", parameter: "rds.force_ssl" },
    { family: "mysql", parameter: "require_secure_transport" },
    { family: "mariadb", parameter: "require_secure_transport" },
    { family: "aurora-postgresql", parameter: "rds.force_ssl" },
    { family: "aurora-mysql", parameter: "require_secure_transport" },
];

const databaseForcesTls: Rule = {
    id: "database-forces-tls",
    title: "Databases refuse connections without TLS",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["RDS.38", "RDS.39"], checkov: ["CKV2_AWS_69"] },
    remedy:
        "Name a parameter group of the stack in parameterGroupName, or for a cluster in dbClusterParameterGroupName, that sets " +
        "rds.force_ssl (PostgreSQL) or require_secure_transport (MySQL, MariaDB) to 1.",
    appliesTo: [types.databaseInstance, types.databaseCluster],
    judge: (database) => {
        const isCluster = database.type === types.databaseCluster;
        const key = isCluster ? "dbClusterParameterGroupName" : "parameterGroupName";
        return judgeInherited(database, key, (deciding) => {
            const standard = forcesTlsByDefault(
                `${text(deciding.read("engine"))}${text(deciding.read("engineVersion"))}`,
            )
                ? satisfied
                : violated(`${key} is not set, so the engine's default group would be used`);
            const reference = {
                key,
                types: [isCluster ? types.databaseClusterParameterGroup : types.databaseParameterGroup],
                what: "parameter groups",
                rejects: (name: string) => (name.startsWith("default.") ? standard : undefined),
                whenAbsent: standard,
            };
            return judgeReferences(deciding, reference, judgeParameterGroup);
        });
    },
};

/**
 * RDS for PostgreSQL sets rds.force_ssl to 1 by default from version 15 on; Aurora does not. `family` is that of a parameter
 * group, such as postgres16, or an engine with its version.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/ssl-certificate-rotation-postgresql.html
 */
const forcesTlsByDefault = (family: string) => Number(/^postgres(\d+)/.exec(family)?.[1] ?? 0) >= 15;

function judgeParameterGroup(group: View): Verdict {
    const family = text(group.read("family"));
    if (family === undefined) return unknown("its family is not known yet");
    const parameter = tlsParameters.find((one) => family.startsWith(one.family))?.parameter;
    if (!parameter) return unknown(`the parameter of ${family} that forces TLS is not known`);

    const parameters = group.read("parameters");
    const settings = elements(parameters) ?? [];
    const setting = settings.find((one) => text(field(one, "name")) === parameter);
    const value = field(setting ?? { is: "absent" }, "value");
    if (/^(1|on|true)$/i.test(text(value) ?? "")) return satisfied;
    if (
        !setting &&
        elements(parameters)?.every((one) => field(one, "name").is === "known") &&
        forcesTlsByDefault(family)
    )
        return satisfied;
    const unsure = [parameters, value, ...settings.map((one) => field(one, "name"))].some(({ is }) => is === "unknown");
    return unsure && text(value) === undefined
        ? unknown(`${parameter} is not known yet`)
        : violated(setting ? `${parameter} is off` : `${parameter} is not set`);
}

const databaseNotPublic: Rule = {
    id: "database-not-public",
    title: "Databases are not publicly accessible",
    severity: "critical",
    enforcement: "mandatory",
    controls: { securityHub: ["RDS.2"], cis: ["AWS Foundations 5.0 §2.2.3"], checkov: ["CKV_AWS_17"] },
    remedy: "Set publiclyAccessible: false.",
    appliesTo: [types.databaseInstance, types.databaseClusterInstance],
    judge: (database) => mustNotBeTrue(database, "publiclyAccessible"),
};

const databaseInIsolatedSubnets: Rule = {
    id: "database-in-isolated-subnets",
    title: "Databases and their proxies are in isolated subnets, which have no route to the internet",
    severity: "critical",
    enforcement: "mandatory",
    controls: { securityHub: ["RDS.46"] },
    remedy:
        "Name a subnet group of the stack in dbSubnetGroupName, for a proxy the subnets in vpcSubnetIds, with only subnets whose " +
        "route table has no default route and no internet gateway.",
    appliesTo: [types.databaseInstance, types.databaseCluster, ...proxyTypes],
    trustedIds: [trustedSubnets],
    judge: (database, trusted) => {
        if (proxyTypes.some((type) => type === database.type))
            return through(database.name, subnetsMustBeIsolated(database, "vpcSubnetIds", trusted, judgeIsolation));
        const judge = (deciding: View): Verdict =>
            mustBeIsolated(deciding, "dbSubnetGroupName", types.databaseSubnetGroup, trusted, judgeIsolation);
        return through(database.name, judgeInherited(database, "dbSubnetGroupName", judge));
    },
};

const databaseBehindOwnSecurityGroup: Rule = {
    id: "database-behind-own-security-group",
    title: "Databases and their proxies use security groups of the stack",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy: "Name security groups of the stack in vpcSecurityGroupIds, not the VPC's default one.",
    appliesTo: [types.databaseInstance, types.databaseCluster, ...proxyTypes],
    trustedIds: [trustedSecurityGroups],
    // A read replica must set its own: AWS documents both the source's groups and the VPC's default group as the default.
    judge: (database, trusted) => mustNameSecurityGroups(database, "vpcSecurityGroupIds", trusted),
};

const databaseInsightsEncryptedWithCustomerKey: Rule = {
    id: "database-insights-encrypted-with-customer-key",
    title: "Performance Insights data is encrypted with a customer managed key",
    severity: "medium",
    enforcement: "advisory",
    controls: { checkov: ["CKV_AWS_354"] },
    remedy: "Set performanceInsightsKmsKeyId to the arn of an aws.kms.Key of the stack. It can't be changed on an existing database while Performance Insights is on.",
    appliesTo: [types.databaseInstance, types.databaseCluster, types.databaseClusterInstance],
    trustedIds: [trustedKeys],
    // The key is required unless Performance Insights is known to be off. A read replica must set its own.
    judge: (database, trusted) =>
        mustNotBeTrue(database, "performanceInsightsEnabled") === satisfied
            ? satisfied
            : judgeInsightsKey(database, trusted),
};

const databaseMasterSecretEncryptedWithCustomerKey: Rule = {
    id: "database-master-secret-encrypted-with-customer-key",
    title: "Master passwords that RDS manages are encrypted with a customer managed key",
    severity: "medium",
    enforcement: "advisory",
    controls: {},
    remedy: "Set masterUserSecretKmsKeyId to the arn of an aws.kms.Key of the stack.",
    appliesTo: [types.databaseInstance, types.databaseCluster],
    trustedIds: [trustedKeys],
    judge: (database, trusted) =>
        mustNotBeTrue(database, "manageMasterUserPassword") === satisfied
            ? satisfied
            : mustNameCustomerKey(database, "masterUserSecretKmsKeyId", trusted),
};

/** A cluster enables it for all of its instances with its own key, and AWS then reports that key for each instance. */
function judgeInsightsKey(database: View, trusted: ReadonlySet<string>): Verdict {
    const key = "performanceInsightsKmsKeyId";
    const own = mustNameCustomerKey(database, key, trusted);
    const [cluster] = database.follow("clusterIdentifier", [types.databaseCluster]);
    const clusterDecides = cluster && mustBeTrue(cluster, "performanceInsightsEnabled") === satisfied;
    const statesOwn = database.isStated(key) || (own.is === "violated" && database.read(key).is === "known");
    return clusterDecides && !statesOwn ? through(cluster.name, mustNameCustomerKey(cluster, key, trusted)) : own;
}

export const databaseRules: readonly Rule[] = [
    databaseEncryptedAtRest,
    databaseEncryptedWithCustomerKey,
    databaseInsightsEncryptedWithCustomerKey,
    databaseMasterSecretEncryptedWithCustomerKey,
    databaseForcesTls,
    databaseNotPublic,
    databaseInIsolatedSubnets,
    databaseBehindOwnSecurityGroup,
];
