import { describe, expect, it } from "vitest";
import { types } from "../graph/types";
import { aclRule } from "../testing/cases/case";
import { balanced } from "../testing/cases/networks";
import {
    adding,
    both,
    type Change,
    type PlatformName,
    platform,
    set,
    statement,
    statements,
    without,
} from "../testing/platform";
import { type Config, mattering, reportsOn, rulesIn } from "../testing/report";
import { find, type Mode, ref, repeated } from "../testing/stack";

interface Allowed {
    readonly what: string;
    /** The recorded platform that is changed; `platform` by default. */
    readonly platform?: PlatformName;
    readonly change: Change;
    readonly config?: Config;
}

const byAnyone = (Condition: object) => ({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*", Condition });

/** The isolated subnets of the existing network. */
const existingSubnets = find(platform("existing-network"), "database-subnet-group").props.subnetIds as string[];

const allowed: readonly Allowed[] = [
    {
        what: "a key named by its alias",
        change: set("database-primary", { kmsKeyId: ref("database-encryption-alias", "arn") }),
    },
    {
        what: "a trusted key of another account",
        change: set("database-primary", { kmsKeyId: "arn:aws:kms:eu-west-1:444455556666:key/0" }),
        config: {
            "database-encrypted-with-customer-key": { customerKeyArns: ["arn:aws:kms:eu-west-1:444455556666:key/0"] },
        },
    },
    {
        what: "a load balancer whose group admits the internet to port 443",
        change: balanced({}),
    },
    {
        what: "a rule for a prefix list",
        change: set("network-endpoints-from-vpc", { cidrIpv4: undefined, prefixListId: "pl-0123" }),
    },
    {
        what: "a replica without storageEncrypted, which it inherits",
        change: set("database-replica-1", { storageEncrypted: undefined }),
    },
    {
        what: "a replica that leaves to its source what it can",
        change: set("database-replica-1", {
            parameterGroupName: undefined,
            performanceInsightsEnabled: undefined,
            performanceInsightsKmsKeyId: undefined,
        }),
    },
    {
        what: "a proxy that uses the secret that RDS manages",
        change: set("database-proxy", {
            auths: [{ authScheme: "SECRETS", secretArn: ref("database-primary", "masterUserSecrets") }],
        }),
    },
    {
        what: "a queue with SQS managed encryption",
        change: set("orders-dead-letter", { kmsMasterKeyId: undefined, sqsManagedSseEnabled: true }),
    },
    {
        what: "a repository policy for a named account",
        change: adding({
            type: types.repositoryPolicy,
            name: "backend-policy",
            props: {
                repository: ref("registry-backend", "name"),
                policy: statement({ ...byAnyone({}), Principal: { AWS: "arn:aws:iam::444455556666:root" } }),
            },
        }),
    },
    {
        what: "a replica with its own groups and key",
        change: set("database-replica-1", {
            kmsKeyId: ref("database-encryption-key", "arn"),
            parameterGroupName: ref("database-parameter-group", "name"),
            dbSubnetGroupName: ref("database-subnet-group", "name"),
            vpcSecurityGroupIds: [ref("database-access-security-group")],
        }),
    },
    {
        what: "a database that names the stack's resources by literal names",
        change: set("database-primary", {
            kmsKeyId: "alias/plinth-platform-database",
            parameterGroupName: "plinth-platform-database-postgres16",
            dbSubnetGroupName: "plinth-platform-database",
        }),
    },
    {
        what: "a replica that names its source by a literal identifier",
        change: set("database-replica-1", { replicateSourceDb: "plinth-platform-database" }),
    },
    {
        what: "a replica of a key of another region",
        change: both(
            adding({
                type: types.replicaKey,
                name: "replica-key",
                props: {
                    arn: "arn:aws:kms:eu-west-1:111122223333:key/mrk-1",
                    primaryKeyArn: "arn:aws:kms:us-east-1:111122223333:key/mrk-1",
                },
            }),
            set("database-primary", { kmsKeyId: ref("replica-key", "arn") }),
        ),
    },
    {
        what: "PostgreSQL 16 with the engine's default parameters, which force TLS",
        change: set("database-primary", { parameterGroupName: undefined }),
    },
    {
        what: "a parameter group of PostgreSQL 16 that leaves the default in place",
        change: set("database-parameter-group", { parameters: [{ name: "max_connections", value: "100" }] }),
    },
    {
        what: "a service behind an internal load balancer",
        change: set("backend-service", {
            metadata: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" } },
            spec: { type: "LoadBalancer" },
        }),
    },
    {
        what: "MySQL that requires TLS by MySQL's own parameter",
        change: set("database-parameter-group", {
            family: "mysql8.4",
            parameters: [{ name: "require_secure_transport", value: "ON" }],
        }),
    },
    {
        what: "Aurora PostgreSQL that requires TLS, and an instance with a key for Performance Insights of its own",
        platform: "aurora",
        change: both(
            set("database-cluster-parameter-group", {
                family: "aurora-postgresql16",
                parameters: [{ name: "rds.force_ssl", value: "1" }],
            }),
            set("database-writer", {
                performanceInsightsEnabled: true,
                performanceInsightsKmsKeyId: ref("cache-encryption-key", "arn"),
            }),
        ),
    },
    {
        what: "trusted subnets and security groups of another stack",
        change: both(
            set("database-subnet-group", { subnetIds: [ref("network-isolated-0"), "subnet-0abc"] }),
            set("database-primary", { vpcSecurityGroupIds: [ref("database-access-security-group"), "sg-0abc"] }),
        ),
        config: {
            "database-in-isolated-subnets": { privateSubnetIds: ["subnet-0abc"] },
            "database-behind-own-security-group": { securityGroupIds: ["sg-0abc"] },
        },
    },
    {
        what: "a trusted network of another stack",
        platform: "existing-network",
        change: (resources) => [...resources],
        config: {
            "database-in-isolated-subnets": { privateSubnetIds: existingSubnets },
            "cache-in-isolated-subnets": { privateSubnetIds: existingSubnets },
        },
    },
    {
        what: "a group of trusted subnets only",
        change: set("cache-subnet-group", { subnetIds: ["subnet-0abc", "subnet-0def"] }),
        config: { "cache-in-isolated-subnets": { privateSubnetIds: ["subnet-0abc", "subnet-0def"] } },
    },
    {
        what: "user groups instead of a token",
        change: set("cache-replication-group", { authToken: undefined, userGroupIds: ["operators"] }),
    },
    {
        what: "a TLS-only policy that names its queue in a list, with a boolean condition",
        change: statements("orders-policy", (tls) => [
            {
                ...tls,
                Principal: { AWS: "*" },
                Action: ["SQS:*"],
                Resource: ["arn:aws:sqs:eu-west-1:123456789012:plinth-platform-orders"],
                Condition: { BoolIfExists: { "AWS:SecureTransport": [false] } },
            },
        ]),
    },
    {
        what: "a TLS-only policy given on the queue itself",
        change: (resources) =>
            both(
                set("orders-queue", { policy: find(resources, "orders-policy").props.policy }),
                without("orders-policy"),
            )(resources),
    },
    {
        what: "permissions limited to a source, an organisation or an account",
        change: both(
            statements("orders-policy", (tls) => [
                tls ?? {},
                byAnyone({ ArnLike: { "aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:*" } }),
                byAnyone({ "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3/*" } }),
            ]),
            statements("cache-encryption-key", (...own) => [
                ...own,
                byAnyone({ StringEquals: { "kms:CallerAccount": "111122223333" } }),
            ]),
        ),
    },
    {
        what: "settings about secrets that are not secrets",
        change: set("workloads-configuration", {
            data: {
                SECRET_REFRESH_SECONDS: "300",
                DATABASE_SECRET_ARN: ref("database-master-credentials-secret", "arn"),
            },
        }),
    },
    {
        what: "an asymmetric key, which KMS does not rotate",
        change: set("cache-encryption-key", { customerMasterKeySpec: "RSA_4096", enableKeyRotation: undefined }),
    },
    {
        what: "a key in a custom key store, which KMS does not rotate either",
        change: set("cache-encryption-key", { customKeyStoreId: "cks-0123", enableKeyRotation: undefined }),
    },
    {
        what: "a key with AWS's default policy, which names the account",
        change: set("cache-encryption-key", { policy: undefined }),
    },
    {
        what: "an egress rule of the older type",
        change: adding({
            type: types.legacyRule,
            name: "old-rule",
            props: {
                type: "egress",
                securityGroupId: ref("cache-access-client-security-group"),
                cidrBlocks: ["0.0.0.0/0"],
            },
        }),
    },
    {
        what: "a public range of the user's own",
        change: set("network-endpoints-from-vpc", { cidrIpv4: "198.51.100.0/24" }),
        config: { "security-group-no-world-ingress": { ownCidrBlocks: ["198.51.100.0/24"] } },
    },
    {
        what: "the widest private ranges",
        change: set("network-endpoints-from-vpc", { cidrIpv4: "10.0.0.0/8", cidrIpv6: "fc00::/7" }),
    },
    {
        what: "the VPC's own block, whether known or not",
        change: both(
            set("network-endpoints-from-vpc", { cidrIpv6: ref("network-vpc", "ipv6CidrBlock") }),
            set("cache-access-from-client-group", { cidrIpv4: repeated("network-vpc", "10.0.0.0/16") }),
        ),
    },
    {
        what: "a network ACL that admits the internet to other ports, denies it, or admits ping",
        change: set("network-isolated-acl", {
            ingress: [
                { ...aclRule(443), cidrBlock: "0.0.0.0/0" },
                { ...aclRule(22), cidrBlock: "0.0.0.0/0", action: "deny" },
                { ...aclRule(0), cidrBlock: "0.0.0.0/0", protocol: "1" },
            ],
            egress: [{ ...aclRule(22), cidrBlock: "0.0.0.0/0" }],
        }),
    },
    {
        what: "an endpoint that allows everyone to use named resources, or those of a named account",
        change: set("network-endpoints-sts", {
            policy: statement(
                { ...byAnyone({}), Resource: "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*" },
                byAnyone({ StringEquals: { "aws:ResourceAccount": "111122223333" } }),
            ),
        }),
    },
    {
        what: "a secret's replica under a key of the stack",
        change: set("database-master-credentials-secret", {
            replicas: [{ region: "eu-central-1", kmsKeyId: ref("database-encryption-key", "arn") }],
        }),
    },
    {
        what: "a vault with a lock instead of a policy",
        change: both(
            without("backup-vault-policy"),
            adding({
                type: types.backupVaultLock,
                name: "backup-vault-lock",
                props: { backupVaultName: repeated("backup-vault", "plinth-platform-backup"), minRetentionDays: 7 },
            }),
        ),
    },
];

describe.each<Mode>(["fresh", "updated"])("all rules are satisfied, %s, by", (mode) => {
    it.each(allowed)("$what", ({ platform, change, config }) => {
        expect(mattering(reportsOn(mode, change, config, platform))).toEqual([]);
    });
});

describe("a trusted identifier", () => {
    it.each(allowed.filter(({ config }) => config))("is needed for $what", ({ platform, change, config }) => {
        const trusting = Object.keys(config ?? {});
        const reported = rulesIn(reportsOn("fresh", change, {}, platform));
        expect(reported).toEqual(expect.arrayContaining(trusting));
        expect(
            rulesIn(mattering(reportsOn("fresh", change, {}, platform))).filter((id) => !trusting.includes(id)),
        ).toEqual([]);
    });

    it("does not help an AWS managed key", () => {
        const config = { "cache-encrypted-with-customer-key": { customerKeyArns: ["alias/aws/elasticache"] } };
        const reports = reportsOn(
            "fresh",
            set("cache-replication-group", { kmsKeyId: "alias/aws/elasticache" }),
            config,
        );
        expect(rulesIn(reports)).toEqual(["cache-encrypted-with-customer-key"]);
    });
});
