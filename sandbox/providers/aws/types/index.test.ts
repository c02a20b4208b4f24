import { describe, expect, it } from "vitest";
import { Secret, UNKNOWN } from "../../../rpc/values";
import { check } from "../check";
import { difference } from "../difference";
import { factsOf } from "../facts";
import { Inputs } from "../resource-type";
import { resourceTypes } from ".";

const types = Object.entries(resourceTypes);
const anInstance = {
    engine: "postgres",
    instanceClass: "db.t3.micro",
    identifier: "db",
    allocatedStorage: 20,
    skipFinalSnapshot: true,
};

const ROTATION = "aws:serverlessrepository/cloudFormationStack:CloudFormationStack";
const anApplication = {
    name: "rotation",
    applicationId:
        "arn:aws:serverlessrepo:us-east-1:297356227824:applications/SecretsManagerRDSMySQLRotationSingleUser",
    capabilities: ["CAPABILITY_IAM", "CAPABILITY_RESOURCE_POLICY"],
    parameters: { endpoint: "https://secretsmanager.eu-west-1.amazonaws.com", functionName: "rotation" },
};

/** A network ACL with one rule for each of `changes`. */
function acl(...changes: Parameters<typeof check>[2][]): Parameters<typeof check>[2] {
    const rule = {
        ruleNo: 100,
        action: "allow",
        protocol: "6",
        cidrBlock: "10.0.0.0/16",
        fromPort: 5432,
        toPort: 5432,
    };
    return { vpcId: "vpc-1", ingress: changes.map((change) => ({ ...rule, ...change })) };
}

/** What the check says, as `property: reason`. */
function failures(type: string, inputs: Parameters<typeof check>[2]): string[] {
    const { failures } = check({ type, name: "it", stack: "dev" }, {}, inputs);
    return failures.map(({ property, reason }) => `${property}: ${reason}`);
}

describe("the table of resource types", () => {
    it.each(types)("%s has facts, and gives every output that is no input", (token, type) => {
        const facts = factsOf(token);
        expect(facts).toBeDefined();
        const made = {
            inputs: new Inputs({}),
            ...{ id: "x|y", region: "eu-west-1", accountId: "1", name: "n" },
            ...{ hex: (length: number) => "0".repeat(length), find: () => undefined, all: () => [] },
        };
        expect(Object.keys(type.outputs?.(made) ?? {})).toEqual(expect.arrayContaining(facts?.computedOnly ?? []));
    });

    it.each(types)("%s names inputs that exist, and types that are emulated", (token, type) => {
        const inputs = factsOf(token)?.inputs ?? {};
        const named = [
            type.name,
            type.within,
            ...Object.keys(type.refersTo ?? {}),
            ...[type.rejects, type.conflicts, type.forbids, type.updateConflicts].flatMap((rules) =>
                (rules ?? []).map(({ at }) => at),
            ),
        ];
        for (const name of named.filter((name) => name !== undefined))
            expect(Object.keys(inputs)).toContain(name.split(".")[0]);
        for (const reference of Object.values(type.refersTo ?? {})) {
            expect(Object.keys(resourceTypes)).toContain(typeof reference === "string" ? reference : reference.type);
        }
    });
});

describe("the check", () => {
    it("says how to add a type that is not emulated", () => {
        expect(failures("aws:iot/thing:Thing", {})).toEqual([
            expect.stringMatching(/does not emulate aws:iot\/thing:Thing.*sandbox\/providers\/aws\/types/),
        ]);
    });

    it("says how to add an input that is not known", () => {
        expect(failures("aws:rds/subnetGroup:SubnetGroup", { subnetIds: [], shape: "round" })).toEqual([
            expect.stringMatching(/^shape: .*does not know the input shape.*inputs\.json/),
        ]);
    });

    it("reports everything that is wrong at once", () => {
        const wrong = failures("aws:rds/instance:Instance", {
            ...anInstance,
            instanceClass: undefined,
            backupRetentionPeriod: 99,
            identifier: "-db",
        });
        expect(wrong).toHaveLength(3);
    });

    it("judges secrets, and leaves what is not known for later", () => {
        const withPassword = (password: Parameters<typeof failures>[1][string]) =>
            failures("aws:rds/instance:Instance", { ...anInstance, password });
        expect(withPassword(new Secret("short"))).toEqual([expect.stringContaining("not a valid password")]);
        expect(withPassword(new Secret("short"))[0]).not.toContain("short");
        expect(withPassword(new Secret(UNKNOWN))).toEqual([]);
        expect(withPassword(UNKNOWN)).toEqual([]);
    });

    it.each([
        ["aws:rds/instance:Instance", { ...anInstance, engineVersion: "99" }, "InvalidParameterCombination"],
        ["aws:rds/instance:Instance", { ...anInstance, allocatedStorage: 1 }, "InvalidParameterValue"],
        ["aws:rds/instance:Instance", { ...anInstance, username: "rdsadmin" }, "InvalidParameterValue"],
        [
            "aws:rds/instance:Instance",
            { ...anInstance, storageType: "io1", allocatedStorage: 100, iops: 6000 },
            "InvalidParameterCombination",
        ],
        [
            "aws:rds/instance:Instance",
            { ...anInstance, skipFinalSnapshot: false },
            "final_snapshot_identifier is required",
        ],
        [
            "aws:rds/parameterGroup:ParameterGroup",
            { name: "p", family: "postgres16", parameters: [{ name: "shared_buffers", value: "1024" }] },
            "cannot use immediate apply method for static parameter",
        ],
        [
            "aws:rds/parameterGroup:ParameterGroup",
            {
                name: "p",
                family: "postgres16",
                parameters: [{ name: "shared_buffers", value: "256MB", applyMethod: "pending-reboot" }],
            },
            "Invalid parameter value: 256MB for: shared_buffers",
        ],
        [
            "aws:rds/parameterGroup:ParameterGroup",
            { name: "p", family: "postgres16", parameters: [{ name: "log_statement", value: "some" }] },
            "Invalid parameter value: some for: log_statement",
        ],
        [
            "aws:rds/instance:Instance",
            { ...anInstance, monitoringInterval: 7, monitoringRoleArn: "arn:aws:iam::1:role/r" },
            "InvalidParameterValue",
        ],
        [
            "aws:rds/instance:Instance",
            { ...anInstance, monitoringInterval: 60 },
            "A MonitoringRoleARN value is required",
        ],
        [
            "aws:rds/instance:Instance",
            { ...anInstance, performanceInsightsEnabled: true, performanceInsightsRetentionPeriod: 30 },
            "Invalid Performance Insights retention period",
        ],
        [
            "aws:rds/instance:Instance",
            { ...anInstance, performanceInsightsEnabled: true, databaseInsightsMode: "advanced" },
            "at least 465 days",
        ],
        [
            "aws:rds/instance:Instance",
            { ...anInstance, engine: "mysql", performanceInsightsEnabled: true },
            "Performance Insights not supported",
        ],
        [
            "aws:rds/instance:Instance",
            { ...anInstance, enabledCloudwatchLogsExports: ["slowquery"] },
            "You cannot use the log types 'slowquery'",
        ],
        [
            "aws:rds/instance:Instance",
            { ...anInstance, storageType: "gp3", allocatedStorage: 400, iops: 3000 },
            "the minimum is 12000",
        ],
        ["aws:rds/instance:Instance", { ...anInstance, engineLifecycleSupport: "for-ever" }, "InvalidParameterValue"],
        ["aws:kms/key:Key", { deletionWindowInDays: 3 }, "ValidationException"],
        ["aws:sqs/queue:Queue", { name: "q", messageRetentionSeconds: 1 }, "InvalidAttributeValue"],
        ["aws:sqs/queue:Queue", { name: "q", fifoQueue: true }, "InvalidParameterValue"],
        ["aws:sqs/queue:Queue", { name: "q", deduplicationScope: "queue" }, "InvalidAttributeName"],
        [
            "aws:sqs/queue:Queue",
            { name: "q.fifo", fifoQueue: true, fifoThroughputLimit: "perMessageGroupId" },
            "InvalidAttributeValue",
        ],
        [
            "aws:elasticache/replicationGroup:ReplicationGroup",
            { description: "d", replicationGroupId: "r", authToken: "0123456789abcdef" },
            "only allowed when transit encryption",
        ],
        [
            "aws:elasticache/replicationGroup:ReplicationGroup",
            { description: "d", replicationGroupId: "r", multiAzEnabled: true },
            "Multi-AZ",
        ],
        [
            "aws:elasticache/replicationGroup:ReplicationGroup",
            {
                description: "d",
                replicationGroupId: "r",
                logDeliveryConfigurations: [
                    { logType: "slow-log", destination: "g", destinationType: "s3", logFormat: "text" },
                ],
            },
            "InvalidParameterValue",
        ],
        [
            "aws:elasticache/user:User",
            {
                ...{ userId: "u", userName: "u", engine: "valkey", accessString: "on ~* +@all" },
                authenticationMode: { type: "password", passwords: ["short"] },
            },
            "InvalidParameterValue",
        ],
        ["aws:elasticache/userGroup:UserGroup", { userGroupId: "-g", engine: "valkey" }, "InvalidParameterValue"],
        ["aws:secretsmanager/secret:Secret", { name: "s", recoveryWindowInDays: 3 }, "InvalidParameterException"],
        ["aws:cloudwatch/logGroup:LogGroup", { name: "aws/mine" }, "InvalidParameterException"],
        ["aws:cloudwatch/logGroup:LogGroup", { name: "mine", retentionInDays: 31 }, "InvalidParameterException"],
        ["aws:ec2/networkAcl:NetworkAcl", acl({ ruleNo: 0 }), "InvalidParameterValue"],
        ["aws:ec2/networkAcl:NetworkAcl", acl({ action: "permit" }), "InvalidParameterValue"],
        ["aws:ec2/networkAcl:NetworkAcl", acl({ cidrBlock: undefined }), "InvalidParameterValue"],
        ["aws:ec2/networkAcl:NetworkAcl", acl({ fromPort: 6000, toPort: 5000 }), "InvalidParameterValue"],
        ["aws:ec2/networkAcl:NetworkAcl", acl({}, {}), "NetworkAclEntryAlreadyExists"],
        [
            "aws:ec2/networkAcl:NetworkAcl",
            acl(...Array.from({ length: 21 }, (_, index) => ({ ruleNo: index + 1 }))),
            "NetworkAclEntryLimitExceeded",
        ],
        ["aws:ec2/flowLog:FlowLog", { trafficType: "ALL", iamRoleArn: "arn:role" }, "InvalidParameter"],
        ["aws:ec2/flowLog:FlowLog", { vpcId: "vpc-1", trafficType: "ALL" }, "InvalidParameter"],
        [
            "aws:ec2/flowLog:FlowLog",
            { vpcId: "vpc-1", trafficType: "SOME", iamRoleArn: "arn:role" },
            "InvalidParameter",
        ],
        [
            "aws:ec2/flowLog:FlowLog",
            { vpcId: "vpc-1", trafficType: "ALL", iamRoleArn: "arn:role", maxAggregationInterval: 300 },
            "InvalidParameter",
        ],
        ["aws:ec2/vpcEndpoint:VpcEndpoint", { vpcId: "vpc-1", subnetIds: ["subnet-1"] }, "InvalidParameter"],
        [
            "aws:ec2/vpcEndpoint:VpcEndpoint",
            { vpcId: "vpc-1", vpcEndpointType: "Interface", routeTableIds: ["rtb-1"] },
            "InvalidParameter",
        ],
        ["aws:ec2/vpcEndpoint:VpcEndpoint", { vpcId: "vpc-1", policy: "{" }, "InvalidPolicyDocument"],
        ["aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/8" }, "InvalidVpc.Range"],
        ["aws:secretsmanager/secretVersion:SecretVersion", { secretId: "s" }, "InvalidParameterException"],
        ["aws:secretsmanager/secretRotation:SecretRotation", { secretId: "s" }, "`rotation_rules` is required"],
        [
            "aws:secretsmanager/secretRotation:SecretRotation",
            { secretId: "s", rotationRules: { automaticallyAfterDays: 3, scheduleExpression: "rate(3 days)" } },
            "InvalidParameterException: You must specify AutomaticallyAfterDays or ScheduleExpression, and not both",
        ],
        [
            "aws:secretsmanager/secretRotation:SecretRotation",
            { secretId: "s", rotationRules: { automaticallyAfterDays: 1001 } },
            "InvalidParameterException: AutomaticallyAfterDays must be between 1 and 1000",
        ],
        [
            "aws:rds/instance:Instance",
            { ...anInstance, manageMasterUserPassword: true, password: "0123456789" },
            "InvalidParameterCombination: You can't specify MasterUserPassword",
        ],
        [
            "aws:rds/instance:Instance",
            { ...anInstance, masterUserSecretKmsKeyId: "alias/mine" },
            "InvalidParameterCombination: MasterUserSecretKmsKeyId",
        ],
        [
            "aws:rds/instance:Instance",
            { ...anInstance, manageMasterUserPassword: true, blueGreenUpdate: { enabled: true } },
            "InvalidParameterCombination: Blue/green",
        ],
        [
            ROTATION,
            { ...anApplication, applicationId: "arn:aws:serverlessrepo:r:1:applications/a" },
            "NotFoundException",
        ],
        [ROTATION, { ...anApplication, semanticVersion: "latest" }, "BadRequestException"],
        [
            ROTATION,
            { ...anApplication, capabilities: ["CAPABILITY_IAM"] },
            "BadRequestException: Requires capabilities",
        ],
        [ROTATION, { ...anApplication, parameters: { functionName: "f" } }, "ValidationError: Parameters: [endpoint"],
        [
            ROTATION,
            { ...anApplication, parameters: { endpoint: "e", functionName: "a function" } },
            "ValidationError: functionName",
        ],
        [
            ROTATION,
            { ...anApplication, parameters: { endpoint: "e", functionName: "f", memory: "1" } },
            "ValidationError: Parameters do not exist in the template",
        ],
    ])("refuses, as AWS does, %s with %j", (type, inputs, code) => {
        expect(failures(type, inputs)).toEqual([expect.stringContaining(code)]);
    });

    it("makes up a name where none is given, and keeps it", () => {
        const resource = { type: "aws:sqs/queue:Queue", name: "jobs", stack: "dev" };
        const { inputs } = check(resource, {}, {});
        expect(inputs.name).toMatch(/^jobs-[0-9a-f]{7}$/);
        expect(check(resource, inputs, {}).inputs.name).toBe(inputs.name);
    });
});

describe("what a change comes to", () => {
    const replaced = (type: string, old: object, next: object) => difference(type, { ...old }, { ...next }).replaces;

    it.each([
        ["aws:rds/instance:Instance", { storageEncrypted: true }, { storageEncrypted: false }, ["storageEncrypted"]],
        ["aws:rds/instance:Instance", { instanceClass: "db.t3.micro" }, { instanceClass: "db.t3.small" }, []],
        ["aws:ec2/subnet:Subnet", { cidrBlock: "10.0.0.0/24" }, { cidrBlock: "10.0.1.0/24" }, ["cidrBlock"]],
        ["aws:sqs/queue:Queue", { fifoQueue: false }, { fifoQueue: true }, ["fifoQueue"]],
        [
            "aws:elasticache/replicationGroup:ReplicationGroup",
            { engineVersion: "7.1" },
            { engineVersion: "7.0" },
            ["engineVersion"],
        ],
        ["aws:elasticache/replicationGroup:ReplicationGroup", { engine: "redis" }, { engine: "valkey" }, []],
        ["aws:elasticache/replicationGroup:ReplicationGroup", { engine: "valkey" }, { engine: "redis" }, ["engine"]],
    ])("%s from %j to %j", (type, old, next, expected) => {
        expect(replaced(type, old, next)).toEqual(expected);
        expect(difference(type, { ...old }, { ...next }).changes).toHaveLength(1);
    });

    it("is nothing where AWS keeps what it chose when the input is taken away", () => {
        expect(difference("aws:rds/instance:Instance", { availabilityZone: "eu-west-1a" }, {}).changes).toEqual([]);
    });

    it("deletes first where the name was given and stays, and last where it was made up", () => {
        const parameterGroup = "aws:rds/parameterGroup:ParameterGroup";
        const change = (more: object) =>
            difference(
                parameterGroup,
                { name: "p", family: "postgres15", ...more },
                { name: "p", family: "postgres16", ...more },
            );
        expect(change({}).deleteBeforeReplace).toBe(true);
        expect(change({ __defaults: ["name"] }).deleteBeforeReplace).toBe(false);
    });
});
