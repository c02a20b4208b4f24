import { types } from "../graph/types";
import { backup } from "./backup";
import { cluster } from "./cluster";
import { ingress } from "./ingress";
import { application } from "./kubernetes";
import { applied, type Declared, ref, repeated } from "./stack";

/** What a mutation does to the platform's resources. */
export type Change = (resources: readonly Declared[]) => Declared[];

/** Sets inputs of the named resource; undefined takes one away. */
export const set =
    (name: string, props: Record<string, unknown>): Change =>
    (resources) => {
        if (resources.every((one) => one.name !== name)) throw new Error(`the platform has no ${name}`);
        return resources.map((one) => (one.name === name ? { ...one, props: { ...one.props, ...props } } : one));
    };

/** Takes the named resource away. */
export const without =
    (name: string): Change =>
    (resources) => {
        const rest = resources.filter((one) => one.name !== name);
        if (rest.length === resources.length) throw new Error(`the platform has no ${name}`);
        return rest;
    };

/** Puts resources beside the platform's. */
export const adding =
    (...added: Declared[]): Change =>
    (resources) => [...resources, ...added];

/** One change after the other. */
export const both =
    (...changes: Change[]): Change =>
    (resources) =>
        changes.reduce<Declared[]>((sofar, change) => change(sofar), [...resources]);

export const statement = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** The statement that makes a queue TLS-only. */
export const tlsOnly = {
    Sid: "DenyPlainText",
    Effect: "Deny",
    Principal: "*",
    Action: "sqs:*",
    Resource: "*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
};

/** The statement that leaves a key to the account's IAM policies. */
export const accountRoot = {
    Sid: "EnableIamPolicies",
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::111122223333:root" },
    Action: "kms:*",
    Resource: "*",
};

const subnet = (kind: string, zone: number): Declared[] => [
    {
        type: types.subnet,
        name: `network-${kind}-${zone}`,
        props: { vpcId: ref("network-vpc"), cidrBlock: `10.0.${zone}.0/24`, mapPublicIpOnLaunch: false },
    },
    {
        type: types.routeTableAssociation,
        name: `network-${kind}-${zone}-association`,
        props: {
            subnetId: ref(`network-${kind}-${zone}`),
            routeTableId: ref(`network-${kind}${kind === "private" ? `-${zone}` : ""}-routes`),
        },
    },
];

const routeTable = (part: string): Declared => ({
    type: types.routeTable,
    name: `network-${part}-routes`,
    props: { vpcId: ref("network-vpc") },
});

/** The statement that lets the account's own identities through an endpoint. */
export const ownIdentities = {
    ...{ Sid: "AllowOwnIdentities", Effect: "Allow", Principal: "*", Action: "*", Resource: "*" },
    Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
};

/** A rule of a network ACL that admits the VPC to a port. */
export const aclRule = (port: number) => ({
    ...{ ruleNo: port, action: "allow", protocol: "6", cidrBlock: "10.0.0.0/16" },
    ...{ fromPort: port, toPort: port },
});

const network: readonly Declared[] = [
    { type: types.vpc, name: "network-vpc", props: { cidrBlock: "10.0.0.0/16" } },
    {
        type: types.defaultSecurityGroup,
        name: "network-default",
        props: { vpcId: ref("network-vpc"), ingress: [], egress: [] },
    },
    { type: types.internetGateway, name: "network-internet-gateway", props: { vpcId: ref("network-vpc") } },
    ...["public", "private-0", "private-1", "isolated"].map(routeTable),
    ...["public", "private", "isolated"].flatMap((kind) => [...subnet(kind, 0), ...subnet(kind, 1)]),
    {
        type: types.vpcEndpoint,
        name: "network-endpoints-sts",
        props: {
            vpcId: ref("network-vpc"),
            serviceName: "com.amazonaws.eu-west-1.sts",
            policy: statement(ownIdentities),
        },
    },
    {
        type: types.networkAcl,
        name: "network-isolated-acl",
        props: {
            vpcId: ref("network-vpc"),
            subnetIds: [ref("network-isolated-0"), ref("network-isolated-1")],
            ingress: [aclRule(5432), aclRule(6379)],
            egress: [{ ...aclRule(1024), toPort: 65_535 }],
        },
    },
    {
        type: "aws:ec2/natGateway:NatGateway",
        name: "network-nat-0",
        props: { subnetId: ref("network-public-0") },
    },
    {
        type: types.route,
        name: "network-public-default-route",
        props: {
            routeTableId: ref("network-public-routes"),
            destinationCidrBlock: "0.0.0.0/0",
            gatewayId: ref("network-internet-gateway"),
        },
    },
    ...[0, 1].map((zone) => ({
        type: types.route,
        name: `network-private-${zone}-default-route`,
        props: {
            routeTableId: ref(`network-private-${zone}-routes`),
            destinationCidrBlock: "0.0.0.0/0",
            natGatewayId: ref("network-nat-0"),
        },
    })),
];

const key = (owner: string): Declared[] => [
    { type: types.key, name: `${owner}-key`, props: { enableKeyRotation: true, policy: statement(accountRoot) } },
    {
        type: types.keyAlias,
        name: `${owner}-alias`,
        props: { name: `alias/plinth-dev-${owner}`, targetKeyId: ref(`${owner}-key`, "keyId") },
    },
];

const guardedPort = (owner: string, port: number): Declared[] => [
    { type: types.securityGroup, name: `${owner}-server`, props: { vpcId: ref("network-vpc") } },
    { type: types.securityGroup, name: `${owner}-client`, props: { vpcId: ref("network-vpc") } },
    {
        type: types.ingressRule,
        name: `${owner}-from-client`,
        props: {
            securityGroupId: ref(`${owner}-server`),
            referencedSecurityGroupId: ref(`${owner}-client`),
            ipProtocol: "tcp",
            fromPort: port,
            toPort: port,
        },
    },
    {
        type: types.ingressRule,
        name: `${owner}-from-vpc`,
        props: {
            securityGroupId: ref(`${owner}-server`),
            cidrIpv4: repeated("network-vpc", "10.0.0.0/16"),
            ipProtocol: "tcp",
        },
    },
];

const isolatedSubnets = [ref("network-isolated-0"), ref("network-isolated-1")];

const database: readonly Declared[] = [
    ...key("database"),
    ...guardedPort("database", 5432),
    { type: types.databaseSubnetGroup, name: "database-subnet-group", props: { subnetIds: isolatedSubnets } },
    {
        type: types.databaseParameterGroup,
        name: "database-parameter-group",
        props: {
            family: "postgres16",
            parameters: [
                { name: "log_statement", value: "mod" },
                { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
            ],
        },
    },
    { type: types.randomPassword, name: "database-password", props: { length: 32 } },
    {
        type: types.databaseInstance,
        name: "database-primary",
        props: {
            identifier: "plinth-dev-database",
            storageEncrypted: true,
            kmsKeyId: ref("database-key", "arn"),
            password: ref("database-password", "result"),
            dbSubnetGroupName: ref("database-subnet-group", "name"),
            vpcSecurityGroupIds: [ref("database-server")],
            parameterGroupName: ref("database-parameter-group", "name"),
            performanceInsightsEnabled: true,
            performanceInsightsKmsKeyId: ref("database-key", "arn"),
            publiclyAccessible: false,
        },
    },
    {
        // Left out as far as AWS takes it from the source: that is judged too.
        type: types.databaseInstance,
        name: "database-replica-0",
        props: {
            replicateSourceDb: ref("database-primary", "identifier"),
            storageEncrypted: true,
            vpcSecurityGroupIds: [ref("database-server")],
            publiclyAccessible: false,
        },
    },
    {
        type: types.secret,
        name: "database-master-secret",
        props: { kmsKeyId: ref("database-key", "arn") },
    },
    {
        type: types.secretVersion,
        name: "database-master-value",
        props: { secretId: ref("database-master-secret"), secretString: ref("database-password", "result") },
    },
];

const proxy: readonly Declared[] = [
    ...guardedPort("database-proxy", 5432),
    {
        type: types.databaseProxy,
        name: "database-proxy",
        props: {
            requireTls: true,
            vpcSubnetIds: isolatedSubnets,
            vpcSecurityGroupIds: [ref("database-proxy-server"), ref("database-client")],
            auths: [
                { authScheme: "SECRETS", secretArn: ref("database-master-secret", "arn") },
                // Kept by RDS.
                { authScheme: "SECRETS", secretArn: ref("database-primary", "masterUserSecrets") },
            ],
        },
    },
    {
        type: types.databaseProxyEndpoint,
        name: "database-proxy-readers",
        props: {
            targetRole: "READ_ONLY",
            vpcSubnetIds: isolatedSubnets,
            vpcSecurityGroupIds: [ref("database-proxy-server"), ref("database-client")],
        },
    },
];

const rotation: readonly Declared[] = [
    {
        type: types.serverlessApplication,
        name: "database-rotation-application",
        props: {
            applicationId:
                "arn:aws:serverlessrepo:us-east-1:1:applications/SecretsManagerRDSPostgreSQLRotationSingleUser",
            parameters: {
                functionName: "plinth-dev-database-rotation",
                vpcSubnetIds: applied(["network-private-0", "network-private-1"], (ids) => ids.join(",")),
                vpcSecurityGroupIds: ref("database-client"),
            },
        },
    },
    {
        type: types.secretRotation,
        name: "database-rotation-master",
        props: { secretId: ref("database-master-secret"), rotationRules: { automaticallyAfterDays: 30 } },
    },
];

const cache: readonly Declared[] = [
    ...key("cache"),
    ...guardedPort("cache", 6379),
    { type: types.cacheSubnetGroup, name: "cache-subnet-group", props: { subnetIds: isolatedSubnets } },
    { type: types.randomPassword, name: "cache-token", props: { length: 64 } },
    {
        type: types.cacheUser,
        name: "cache-user",
        props: {
            accessString: "on ~* +@all",
            authenticationMode: { type: "password", passwords: [ref("cache-token", "result")] },
        },
    },
    {
        type: types.cacheUser,
        name: "cache-default-user",
        props: { accessString: "off ~* -@all", noPasswordRequired: true },
    },
    {
        type: types.replicationGroup,
        name: "cache-group",
        props: {
            atRestEncryptionEnabled: true,
            kmsKeyId: ref("cache-key", "arn"),
            transitEncryptionEnabled: true,
            transitEncryptionMode: "required",
            authToken: ref("cache-token", "result"),
            subnetGroupName: ref("cache-subnet-group", "name"),
            securityGroupIds: [ref("cache-server")],
        },
    },
];

const queue = (name: string, props: Record<string, unknown>): Declared[] => [
    { type: types.queue, name, props: { name: `plinth-dev-${name}`, ...props } },
    {
        type: types.queuePolicy,
        name: `${name}-policy`,
        props: { queueUrl: ref(name, "url"), policy: statement(tlsOnly) },
    },
];

const flowLogs: readonly Declared[] = [
    ...key("network-flow-logs"),
    {
        type: types.logGroup,
        name: "network-flow-logs",
        props: { name: "/aws/vpc-flow-logs/plinth-dev-network", kmsKeyId: ref("network-flow-logs-key", "arn") },
    },
];

/** The platform as the program makes it, in small: every rule is satisfied by it, fresh and updated. */
export const platform: readonly Declared[] = [
    ...network,
    ...flowLogs,
    ...database,
    ...proxy,
    ...rotation,
    ...cache,
    ...["cluster", "nodes", "registry"].flatMap(key),
    ...cluster,
    ...key("orders"),
    ...queue("orders", { kmsMasterKeyId: ref("orders-key", "arn") }),
    ...queue("orders-dead-letter", { sqsManagedSseEnabled: true }),
    ...application,
    ...key("ingress"),
    ...ingress,
    ...["backup-vault", "backup-copy"].flatMap(key),
    ...backup,
];
