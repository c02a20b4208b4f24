import type { Properties } from "../../../rpc/values";
import { arn, autoScaling, forService, keyUse, number, ofAccount, policy, roleArn, root, trust } from "./policies";

const key = arn("kms", "key/k-1");
const topic = arn("sns", "alerts");
const queue = arn("sqs", "orders");
const secret = arn("secretsmanager", "secret:password-AbCdEf");
const rotator = arn("lambda", "function:rotate");
const group = arn("logs", "log-group:/app");
const vault = arn("backup", "backup-vault:copies");
const database = arn("rds", "db:main");
const cluster = arn("eks", "cluster/main");
const rule = arn("events", "rule/job-failed");

const publishers = ["cloudwatch.amazonaws.com", "events.rds.amazonaws.com", "budgets.amazonaws.com"];
const pods = (namespace: string, account: string) => ({
    Condition: {
        StringEquals: {
            "aws:RequestTag/eks-cluster-arn": cluster,
            "aws:RequestTag/kubernetes-namespace": namespace,
            "aws:RequestTag/kubernetes-service-account": account,
        },
    },
});

/** Type, id, inputs, and outputs besides, of an account in which everything is allowed that is needed. */
export const resources: [type: string, id: string, inputs: Properties, outputs?: Properties][] = [
    [
        "aws:kms/key:Key",
        "k-1",
        {
            policy: policy(
                root,
                {
                    Sid: "publishers",
                    ...forService("", { Principal: { Service: publishers } }),
                    ...keyUse,
                    ...ofAccount,
                },
                { Sid: "events", ...forService("events.amazonaws.com"), ...keyUse },
                { Sid: "topics", ...forService("sns.amazonaws.com"), ...keyUse },
                { Sid: "logs", ...forService("logs.eu-west-1.amazonaws.com"), ...keyUse },
                { Sid: "volumes", Principal: { AWS: autoScaling }, Action: "kms:*", Resource: "*" },
            ),
        },
        { arn: key },
    ],
    ["aws:sns/topic:Topic", topic, { name: "alerts", kmsMasterKeyId: "k-1" }, { arn: topic }],
    [
        "aws:sns/topicPolicy:TopicPolicy",
        topic,
        {
            arn: topic,
            policy: policy(
                {
                    Sid: "publishers",
                    Principal: { Service: publishers },
                    Action: "sns:Publish",
                    Resource: topic,
                    ...ofAccount,
                },
                { Sid: "events", ...forService("events.amazonaws.com"), Action: "sns:Publish", Resource: topic },
            ),
        },
    ],
    ["aws:sqs/queue:Queue", "https://orders", { name: "orders", kmsMasterKeyId: key }, { arn: queue }],
    [
        "aws:sqs/queuePolicy:QueuePolicy",
        "https://orders",
        {
            queueUrl: "https://orders",
            policy: policy({
                Sid: "topic",
                ...forService("sns.amazonaws.com", { Action: "sqs:SendMessage", Resource: queue }),
                Condition: { ArnEquals: { "aws:SourceArn": topic } },
            }),
        },
    ],
    ["aws:sns/topicSubscription:TopicSubscription", "s-1", { topic, protocol: "sqs", endpoint: queue }],
    [
        "aws:cloudwatch/metricAlarm:MetricAlarm",
        "cpu",
        { alarmActions: [topic], okActions: [topic] },
        { arn: arn("cloudwatch", "alarm:cpu") },
    ],
    ["aws:cloudwatch/eventRule:EventRule", "job-failed", {}, { arn: rule }],
    ["aws:cloudwatch/eventTarget:EventTarget", "job-failed-topic", { rule: "job-failed", arn: topic }],
    [
        "aws:rds/eventSubscription:EventSubscription",
        "failover",
        { snsTopic: topic },
        { arn: arn("rds", "es:failover") },
    ],
    [
        "aws:budgets/budget:Budget",
        "b-1",
        { name: "all", notifications: [{ subscriberSnsTopicArns: [topic] }] },
        { arn: `arn:aws:budgets::${number}:budget/all` },
    ],
    ["aws:cloudwatch/logGroup:LogGroup", "/app", { kmsKeyId: key }, { arn: group }],
    [
        "aws:iam/role:Role",
        "flow",
        { assumeRolePolicy: trust("vpc-flow-logs.amazonaws.com", ofAccount) },
        { arn: roleArn("flow") },
    ],
    [
        "aws:iam/rolePolicy:RolePolicy",
        "flow:write",
        {
            role: "flow",
            name: "write",
            policy: policy(
                {
                    Sid: "write",
                    Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                    Resource: `${group}:*`,
                },
                { Sid: "find", Action: "logs:DescribeLogGroups", Resource: "*" },
            ),
        },
    ],
    [
        "aws:ec2/flowLog:FlowLog",
        "fl-1",
        { iamRoleArn: roleArn("flow"), logDestination: group },
        { arn: arn("ec2", "vpc-flow-log/fl-1") },
    ],
    ["aws:iam/role:Role", "backup", { assumeRolePolicy: trust("backup.amazonaws.com") }, { arn: roleArn("backup") }],
    [
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "backup-1",
        { role: "backup", policyArn: "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup" },
    ],
    ["aws:backup/vault:Vault", "copies", { name: "copies" }, { arn: vault }],
    [
        "aws:backup/plan:Plan",
        "plan-1",
        { rules: [{ copyActions: [{ destinationVaultArn: vault }] }] },
        { arn: arn("backup", "backup-plan:p") },
    ],
    [
        "aws:backup/selection:Selection",
        "sel-1",
        { planId: "plan-1", iamRoleArn: roleArn("backup"), resources: [database] },
    ],
    [
        "aws:iam/role:Role",
        "watch",
        { assumeRolePolicy: trust("monitoring.rds.amazonaws.com") },
        { arn: roleArn("watch") },
    ],
    ["aws:rds/instance:Instance", "main", { monitoringRoleArn: roleArn("watch") }, { arn: database }],
    ["aws:secretsmanager/secret:Secret", secret, { name: "password", kmsKeyId: key }, { arn: secret }],
    [
        "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
        "app-1",
        { name: "rotate", parameters: { functionName: "rotate", kmsKeyArn: key } },
    ],
    ["aws:secretsmanager/secretRotation:SecretRotation", secret, { secretId: secret, rotationLambdaArn: rotator }],
    ["aws:iam/role:Role", "control", { assumeRolePolicy: trust("eks.amazonaws.com") }, { arn: roleArn("control") }],
    ["aws:eks/cluster:Cluster", "main", { roleArn: roleArn("control") }, { arn: cluster }],
    ["aws:iam/role:Role", "nodes", { assumeRolePolicy: trust("ec2.amazonaws.com") }, { arn: roleArn("nodes") }],
    ["aws:ec2/launchTemplate:LaunchTemplate", "lt-1", { blockDeviceMappings: [{ ebs: { kmsKeyId: key } }] }],
    [
        "aws:eks/nodeGroup:NodeGroup",
        "main:nodes",
        { nodeRoleArn: roleArn("nodes"), launchTemplate: { id: "lt-1" } },
        { arn: arn("eks", "nodegroup/main/nodes/1") },
    ],
    [
        "aws:iam/role:Role",
        "controller",
        { assumeRolePolicy: trust("pods.eks.amazonaws.com", pods("es", "external-secrets")) },
        { arn: roleArn("controller") },
    ],
    [
        "aws:eks/podIdentityAssociation:PodIdentityAssociation",
        "a-1",
        { clusterName: "main", namespace: "es", serviceAccount: "external-secrets", roleArn: roleArn("controller") },
        { associationId: "a-1" },
    ],
    [
        "aws:iam/rolePolicy:RolePolicy",
        "controller:take",
        {
            role: "controller",
            name: "take",
            policy: policy({ Sid: "take", Action: "sts:AssumeRole", Resource: roleArn("reader") }),
        },
    ],
    [
        "aws:iam/role:Role",
        "reader",
        {
            assumeRolePolicy: policy({
                Sid: "controller",
                Principal: { AWS: roleArn("controller") },
                Action: "sts:AssumeRole",
            }),
        },
        { arn: roleArn("reader") },
    ],
    [
        "aws:iam/rolePolicy:RolePolicy",
        "reader:read",
        {
            role: "reader",
            name: "read",
            policy: policy(
                { Sid: "secret", Action: "secretsmanager:GetSecretValue", Resource: secret },
                {
                    Sid: "key",
                    Action: "kms:Decrypt",
                    Resource: key,
                    Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } },
                },
            ),
        },
    ],
    [
        "kubernetes:external-secrets.io/v1:SecretStore",
        "app/store",
        { spec: { provider: { aws: { role: roleArn("reader") } } } },
    ],
    [
        "kubernetes:external-secrets.io/v1:ExternalSecret",
        "app/password",
        {
            metadata: { namespace: "app" },
            spec: { secretStoreRef: { name: "store" }, data: [{ remoteRef: { key: secret } }] },
        },
    ],
    ["aws:iam/role:Role", "worker", { assumeRolePolicy: trust("ec2.amazonaws.com") }, { arn: roleArn("worker") }],
    [
        "aws:iam/rolePolicy:RolePolicy",
        "worker:work",
        {
            role: "worker",
            name: "work",
            policy: policy(
                { Sid: "queue", Action: ["sqs:ReceiveMessage", "sqs:SendMessage"], Resource: queue },
                { Sid: "queue-key", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: key },
            ),
        },
    ],
];
