import { expect, it } from "vitest";
import type { Properties } from "../../../rpc/values";
import { checkFailures } from "../testing";

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
function acl(...changes: Properties[]): Properties {
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

it.each([
    ["aws:rds/instance:Instance", { ...anInstance, engineVersion: "99" }, "InvalidParameterCombination"],
    ["aws:rds/instance:Instance", { ...anInstance, allocatedStorage: 1 }, "InvalidParameterValue"],
    ["aws:rds/instance:Instance", { ...anInstance, username: "rdsadmin" }, "InvalidParameterValue"],
    [
        "aws:rds/instance:Instance",
        { ...anInstance, storageType: "io1", allocatedStorage: 100, iops: 6000 },
        "InvalidParameterCombination",
    ],
    ["aws:rds/instance:Instance", { ...anInstance, skipFinalSnapshot: false }, "final_snapshot_identifier is required"],
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
    ["aws:rds/instance:Instance", { ...anInstance, monitoringInterval: 60 }, "A MonitoringRoleARN value is required"],
    [
        "aws:rds/instance:Instance",
        { ...anInstance, performanceInsightsEnabled: true, performanceInsightsRetentionPeriod: 30 },
        "Member must satisfy enum value set: [7, 31,",
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
    ["aws:ec2/flowLog:FlowLog", { vpcId: "vpc-1", trafficType: "SOME", iamRoleArn: "arn:role" }, "InvalidParameter"],
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
    [ROTATION, { ...anApplication, applicationId: "arn:aws:serverlessrepo:r:1:applications/a" }, "NotFoundException"],
    [ROTATION, { ...anApplication, semanticVersion: "latest" }, "BadRequestException"],
    [ROTATION, { ...anApplication, capabilities: ["CAPABILITY_IAM"] }, "BadRequestException: Requires capabilities"],
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
    expect(checkFailures(type, inputs)).toEqual([expect.stringContaining(code)]);
});
