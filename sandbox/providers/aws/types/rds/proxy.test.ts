import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Properties } from "../../../../rpc/values";
import { check } from "../../check";
import { difference } from "../../difference";
import type { AwsProvider } from "../../provider";
import { providerInAccount } from "../../testing";

// The provider exits once the engine has died; a test has no engine.
vi.mock("../../../../rpc/server", () => ({ engineIsAlive: () => true }));

const types = {
    proxy: "aws:rds/proxy:Proxy",
    pool: "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup",
    target: "aws:rds/proxyTarget:ProxyTarget",
    endpoint: "aws:rds/proxyEndpoint:ProxyEndpoint",
    instance: "aws:rds/instance:Instance",
    cluster: "aws:rds/cluster:Cluster",
    vpc: "aws:ec2/vpc:Vpc",
    subnet: "aws:ec2/subnet:Subnet",
    group: "aws:ec2/securityGroup:SecurityGroup",
    role: "aws:iam/role:Role",
    secret: "aws:secretsmanager/secret:Secret",
};
type Kind = keyof typeof types;

const auth = { authScheme: "SECRETS", iamAuth: "DISABLED", clientPasswordAuthType: "POSTGRES_SCRAM_SHA_256" };
const sound: Properties = {
    ...{ name: "shop", engineFamily: "POSTGRESQL", roleArn: "arn:aws:iam::123456789012:role/proxy", requireTls: true },
    ...{ vpcSubnetIds: ["subnet-1", "subnet-2"], auths: [{ ...auth, secretArn: "arn:aws:secretsmanager:s" }] },
};
const pool = (config: Properties): Properties => ({ dbProxyName: "shop", connectionPoolConfig: config });
const full = { maxConnectionsPercent: 50, maxIdleConnectionsPercent: 25, connectionBorrowTimeout: 120 };
const target = { dbProxyName: "shop", targetGroupName: "default" };

describe("what AWS refuses by the inputs", () => {
    it.each<[Kind, Properties, string]>([
        ["proxy", { ...sound, name: "1st" }, "InvalidParameterValue: name"],
        ["proxy", { ...sound, name: "two--hyphens" }, "InvalidParameterValue: name"],
        ["proxy", { ...sound, name: "p".repeat(64) }, "1 to 63 characters"],
        [
            "proxy",
            { ...sound, engineFamily: "ORACLE" },
            "Member must satisfy enum value set: [MYSQL, POSTGRESQL, SQLSERVER]",
        ],
        ["proxy", { ...sound, idleClientTimeout: 28_801 }, "idleClientTimeout must be between 1 and 28800"],
        ["proxy", { ...sound, auths: [] }, "Auth is required"],
        [
            "proxy",
            { ...sound, auths: [{ ...auth, clientPasswordAuthType: "MYSQL_NATIVE_PASSWORD" }] },
            "ClientPasswordAuthType MYSQL_NATIVE_PASSWORD is not one of POSTGRESQL",
        ],
        ["proxy", { ...sound, auths: [{ ...auth, iamAuth: "ENABLED" }] }, "IAMAuth must be DISABLED or REQUIRED"],
        [
            "proxy",
            { ...sound, auths: [{ ...auth, authScheme: "PLAIN" }] },
            "Member must satisfy enum value set: [SECRETS]",
        ],
        [
            "proxy",
            { ...sound, requireTls: false, auths: [{ ...auth, iamAuth: "REQUIRED" }] },
            "IAMAuth is REQUIRED, which needs RequireTLS",
        ],
        ["pool", pool({ ...full, maxConnectionsPercent: 101 }), "Member must have value less than or equal to 100"],
        ["pool", pool({ ...full, maxIdleConnectionsPercent: 51 }), "must be between 0 and 50, got 51"],
        ["pool", pool({ connectionBorrowTimeout: 301 }), "connectionBorrowTimeout must be between 0 and 300"],
        ["pool", pool({ maxIdleConnectionsPercent: 5 }), "MaxIdleConnectionsPercent needs MaxConnectionsPercent"],
        ["pool", pool({ sessionPinningFilters: ["ALL"] }), "SessionPinningFilters knows EXCLUDE_VARIABLE_SETS"],
        ["target", target, "Exactly one of"],
        ["target", { ...target, dbInstanceIdentifier: "db", dbClusterIdentifier: "db" }, "Exactly one of"],
        [
            "target",
            { ...target, targetGroupName: "mine", dbInstanceIdentifier: "db" },
            "DBProxyTargetGroupNotFoundFault",
        ],
        [
            "endpoint",
            { dbProxyName: "shop", dbProxyEndpointName: "readers", vpcSubnetIds: [], targetRole: "READ" },
            "Member must satisfy enum value set: [READ_WRITE, READ_ONLY]",
        ],
    ])("%s %j", (kind, inputs, reason) => {
        const { failures } = check({ type: types[kind], name: "it", stack: "dev" }, {}, inputs);
        expect(failures.map((failure) => failure.reason)).toEqual([expect.stringContaining(reason)]);
    });

    it.each<[Kind, Properties]>([
        ["proxy", sound],
        ["proxy", { ...sound, auths: undefined, defaultAuthScheme: "IAM_AUTH" }],
        ["pool", pool({ ...full, maxIdleConnectionsPercent: 0, connectionBorrowTimeout: 0 })],
        ["target", { ...target, dbClusterIdentifier: "db" }],
    ])("but not %s %j", (kind, inputs) => {
        expect(check({ type: types[kind], name: "it", stack: "dev" }, {}, inputs).failures).toEqual([]);
    });
});

it.each<[Kind, Properties, Properties, string[]]>([
    ["proxy", sound, { ...sound, vpcSubnetIds: ["subnet-1"] }, ["vpcSubnetIds"]],
    ["proxy", sound, { ...sound, idleClientTimeout: 60, debugLogging: true, auths: [auth] }, []],
    ["pool", pool(full), pool({ ...full, maxConnectionsPercent: 90, initQuery: "SET x = 1" }), []],
    [
        "target",
        { ...target, dbInstanceIdentifier: "a" },
        { ...target, dbInstanceIdentifier: "b" },
        ["dbInstanceIdentifier"],
    ],
])("of a %s, %j becomes %j by replacing %j", (kind, from, to, replaces) => {
    expect(difference(types[kind], from, to).replaces).toEqual(replaces);
});

describe("a proxy in the account", () => {
    let aws: AwsProvider;
    const make = (kind: Kind, inputs: Properties) =>
        aws.create({ type: types[kind], name: kind, stack: "dev" }, inputs, false);
    const remove = (kind: Kind, id: string, inputs: Properties) =>
        aws.delete({ type: types[kind], name: kind, stack: "dev" }, { id, inputs, outputs: {} });
    let proxy: Properties;
    let subnets: string[];
    const instance = {
        ...{ identifier: "db", engine: "postgres", engineVersion: "16", instanceClass: "db.t3.micro" },
        ...{ allocatedStorage: 20, skipFinalSnapshot: true },
    };

    beforeEach(() => {
        aws = providerInAccount();
        const vpc = make("vpc", { cidrBlock: "10.0.0.0/16" }).id;
        subnets = ["a", "b"].map(
            (zone, index) =>
                make("subnet", { vpcId: vpc, cidrBlock: `10.0.${index}.0/24`, availabilityZone: `eu-west-1${zone}` })
                    .id,
        );
        const role = make("role", { name: "proxy", assumeRolePolicy: "{}" }).outputs.arn;
        const secretArn = make("secret", { name: "user" }).id;
        const groups = [make("group", { vpcId: vpc, name: "proxy" }).id];
        proxy = {
            ...{ ...sound, roleArn: role, vpcSubnetIds: subnets, vpcSecurityGroupIds: groups },
            auths: [{ ...auth, secretArn }],
        };
    });

    it("needs two zones of one VPC, a role and secrets that are there, and a name of its own", () => {
        const wrong = (more: Properties) => () => make("proxy", { ...proxy, ...more });
        const other = make("vpc", { cidrBlock: "10.1.0.0/16" }).id;
        const elsewhere = make("subnet", { vpcId: other, cidrBlock: "10.1.0.0/24", availabilityZone: "eu-west-1b" }).id;
        expect(wrong({ vpcSubnetIds: subnets.slice(0, 1) })).toThrow(/InvalidSubnet.*two Availability Zones/);
        expect(wrong({ vpcSubnetIds: [...subnets, elsewhere] })).toThrow(/InvalidSubnet.*common VPC/);
        expect(wrong({ roleArn: "arn:aws:iam::123456789012:role/lost" })).toThrow(/InvalidParameterValue/);
        const secretArn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:lost-AbCdEf";
        expect(wrong({ auths: [{ ...auth, secretArn }] })).toThrow(/ResourceNotFoundException.*lost/);
        const { outputs } = make("proxy", proxy);
        expect(outputs.endpoint).toMatch(/^shop\.proxy-[0-9a-f]{12}\.eu-west-1\.rds\.amazonaws\.com$/);
        expect(wrong({})).toThrow(/DBProxyAlreadyExistsFault/);
    });

    it("is one of twenty", () => {
        for (let index = 0; index < 20; index++) make("proxy", { ...proxy, name: `shop-${index}` });
        expect(() => make("proxy", proxy)).toThrow(/DBProxyQuotaExceededFault/);
    });

    it("leads to one database that is there, speaks its protocol and writes", () => {
        const lead = (more: Properties) => () => make("target", { ...target, ...more });
        expect(lead({ dbInstanceIdentifier: "db" })).toThrow(/DBProxyNotFoundFault/);
        make("proxy", proxy);
        expect(lead({ dbInstanceIdentifier: "db" })).toThrow(/DBInstanceNotFound/);
        expect(lead({ dbClusterIdentifier: "db" })).toThrow(/DBClusterNotFoundFault/);
        make("instance", instance);
        make("instance", { ...instance, identifier: "m", engine: "mysql", engineVersion: "8.4" });
        make("instance", {
            identifier: "r",
            instanceClass: "db.t3.micro",
            replicateSourceDb: "db",
            skipFinalSnapshot: true,
        });
        expect(lead({ dbInstanceIdentifier: "m" })).toThrow(/POSTGRESQL can't connect to m/);
        expect(lead({ dbInstanceIdentifier: "r" })).toThrow(/InvalidDBInstanceState.*not a read replica/);
        const { id, outputs } = lead({ dbInstanceIdentifier: "db" })();
        expect([id, outputs.port, outputs.type]).toEqual(["shop/default/RDS_INSTANCE/db", 5432, "RDS_INSTANCE"]);
        expect(lead({ dbInstanceIdentifier: "db" })).toThrow(/DBProxyTargetAlreadyRegisteredFault/);
    });

    it("has no filters for PostgreSQL, and an endpoint of each name once", () => {
        expect(() => make("pool", pool(full))).toThrow(/DBProxyNotFoundFault/);
        make("proxy", proxy);
        expect(() => make("pool", pool({ ...full, sessionPinningFilters: ["EXCLUDE_VARIABLE_SETS"] }))).toThrow(
            /InvalidParameterCombination.*POSTGRESQL/,
        );
        expect(make("pool", pool(full)).outputs.name).toBe("default");
        const readers = {
            ...{ dbProxyName: "shop", dbProxyEndpointName: "readers", targetRole: "READ_ONLY" },
            ...{ vpcSubnetIds: subnets, vpcSecurityGroupIds: proxy.vpcSecurityGroupIds },
        };
        const { outputs } = make("endpoint", readers);
        expect(outputs.endpoint).toMatch(/^readers\.endpoint\.proxy-[0-9a-f]{12}\.eu-west-1\.rds\.amazonaws\.com$/);
        expect(() => make("endpoint", readers)).toThrow(/DBProxyEndpointAlreadyExistsFault/);
    });

    it("holds on to its subnets, lets its database go, and takes along what belongs to it", () => {
        make("proxy", proxy);
        make("pool", pool(full));
        const made = make("instance", instance);
        const registered = make("target", { ...target, dbInstanceIdentifier: "db" });
        expect(() => remove("subnet", subnets[0] ?? "", {})).toThrow(/DependencyViolation/);
        remove("instance", made.id, instance);
        remove("proxy", "shop", proxy);
        expect(aws.read({ type: types.target, name: "target", stack: "dev" }, registered.id)).toBeUndefined();
        remove("subnet", subnets[0] ?? "", {});
    });
});
