import { describe, expect, it } from "vitest";
import { denials, judgedCalls } from "./audit";
import { AccountWithNeeds } from "./testing/account";
import { arn, policy, roleArn } from "./testing/policies";

const KEY = "aws:kms/key:Key";
const TOPIC = "aws:sns/topic:Topic";
const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const topic = arn("sns", "alerts");

const after = (change: (account: AccountWithNeeds) => void): string[] => {
    const made = new AccountWithNeeds();
    change(made);
    return denials(judgedCalls(made.account));
};

it("judges what every kind of need asks for, and finds it allowed where all of it is", () => {
    const judged = judgedCalls(new AccountWithNeeds().account);
    const kinds = [...new Set(judged.map(({ kind }) => kind))].sort();
    console.log(`${judged.length} requests judged, of ${kinds.length} kinds of need`);
    expect(denials(judged)).toEqual([]);
    expect(judged.filter(({ verdict }) => verdict.allowed !== true)).toEqual([]);
    expect(kinds).toEqual(
        [
            "alarm",
            "backup",
            "budget",
            "database-event",
            "encrypted-logs",
            "event",
            "external-secrets",
            "flow-log",
        ].concat(["monitoring", "node-volumes", "pod-identity", "role", "rotation", "service-role", "topic"]),
    );
});

describe("a need is refused, with who may not do what and why, when", () => {
    it.each<[string, (account: AccountWithNeeds) => void, string]>([
        [
            "the topic lets no alarm publish",
            (one) => one.removeStatement(TOPIC_POLICY, topic, "publishers"),
            `the alarm cpu: cloudwatch.amazonaws.com may not sns:Publish on ${topic}: no statement in the policy of ${topic} allows it`,
        ],
        [
            "the key lets no alarm encrypt",
            (one) => one.removeStatement(KEY, "k-1", "publishers"),
            "the alarm cpu: cloudwatch.amazonaws.com may not kms:GenerateDataKey",
        ],
        [
            "it is a database's event",
            (one) => one.removeStatement(TOPIC_POLICY, topic, "publishers"),
            "the event subscription failover: events.rds.amazonaws.com may not sns:Publish",
        ],
        [
            "it is a budget",
            (one) => one.removeStatement(KEY, "k-1", "publishers"),
            "the budget all: budgets.amazonaws.com may not kms:Decrypt",
        ],
        [
            "the topic lets no event in",
            (one) => one.removeStatement(TOPIC_POLICY, topic, "events"),
            "the rule job-failed: events.amazonaws.com may not sns:Publish",
        ],
        [
            "the topic wants of EventBridge what that does not say",
            (one) =>
                one.change(TOPIC_POLICY, topic, {
                    policy: policy({
                        Principal: { Service: "events.amazonaws.com" },
                        Action: "sns:Publish",
                        Resource: "*",
                        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
                    }),
                }),
            "the rule job-failed: events.amazonaws.com may not sns:Publish",
        ],
        [
            "the topic has the key that AWS manages",
            (one) => one.change(TOPIC, topic, { kmsMasterKeyId: "alias/aws/sns" }),
            "the alarm cpu: cloudwatch.amazonaws.com may not kms:GenerateDataKey on alias/aws/sns: AWS manages that key",
        ],
        [
            "the queue takes nothing from the topic",
            (one) => one.removeStatement(QUEUE_POLICY, "https://orders", "topic"),
            "the subscription s-1: sns.amazonaws.com may not sqs:SendMessage",
        ],
        [
            "the key is not for logs",
            (one) => one.removeStatement(KEY, "k-1", "logs"),
            "the log group /app: logs.eu-west-1.amazonaws.com may not kms:Encrypt",
        ],
        [
            "the role of a flow log may not write",
            (one) => one.removeStatement(ROLE_POLICY, "flow:write", "write"),
            `the flow log fl-1: ${roleArn("flow")} may not logs:CreateLogStream`,
        ],
        [
            "the role of backups has no policy",
            (one) => one.remove("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "backup-1"),
            `the backups of sel-1: ${roleArn("backup")} may not rds:CreateDBSnapshot on ${arn("rds", "db:main")}: the role has no policy`,
        ],
        [
            "the role of monitoring is for another service",
            (one) =>
                one.change(ROLE, "watch", {
                    assumeRolePolicy: policy({ Principal: { Service: "rds.amazonaws.com" }, Action: "sts:AssumeRole" }),
                }),
            "the monitoring of main: monitoring.rds.amazonaws.com may not sts:AssumeRole",
        ],
        [
            "the function of a rotation has no key",
            (one) =>
                one.change("aws:serverlessrepository/cloudFormationStack:CloudFormationStack", "app-1", {
                    parameters: { functionName: "rotate" },
                }),
            "the rotation of password:",
        ],
        [
            "the cluster's role is for another service",
            (one) => one.change(ROLE, "control", { assumeRolePolicy: policy() }),
            "the cluster main: eks.amazonaws.com may not sts:AssumeRole",
        ],
        [
            "Auto Scaling may not use the key of volumes",
            (one) => one.removeStatement(KEY, "k-1", "volumes"),
            "the nodes of main:nodes:",
        ],
        [
            "the pods are of another namespace",
            (one) => one.change("aws:eks/podIdentityAssociation:PodIdentityAssociation", "a-1", { namespace: "other" }),
            `the pods of other/external-secrets (a-1): pods.eks.amazonaws.com may not sts:AssumeRole on ${roleArn("controller")}: no statement in the trust policy of controller allows it`,
        ],
        [
            "nobody may take the reader's role",
            (one) => one.change(ROLE, "reader", { assumeRolePolicy: policy() }),
            `the external secret app/password: ${roleArn("controller")} may not sts:AssumeRole`,
        ],
        [
            "the reader may not read the secret",
            (one) => one.removeStatement(ROLE_POLICY, "reader:read", "secret"),
            `the external secret app/password: ${roleArn("reader")} may not secretsmanager:GetSecretValue`,
        ],
        [
            "the reader may not use the secret's key",
            (one) => one.removeStatement(ROLE_POLICY, "reader:read", "key"),
            `the external secret app/password: ${roleArn("reader")} may not kms:Decrypt`,
        ],
        [
            "a role is allowed a queue and not its key",
            (one) => one.removeStatement(ROLE_POLICY, "worker:work", "queue-key"),
            `the policy work of the role worker: ${roleArn("worker")} may not kms:GenerateDataKey on ${arn("kms", "key/k-1")}: no statement in the policy work of the role worker allows it`,
        ],
        [
            "a queue denies what a role is allowed",
            (one) =>
                one.change(QUEUE_POLICY, "https://orders", {
                    policy: policy({
                        Sid: "Never",
                        Effect: "Deny",
                        Principal: "*",
                        Action: "sqs:ReceiveMessage",
                        Resource: "*",
                    }),
                }),
            "may not sqs:ReceiveMessage on arn:aws:sqs:eu-west-1:123456789012:orders: the statement Never in the policy of https://orders denies it",
        ],
    ])("%s", (_, change, expected) => {
        expect(after(change)).toEqual(expect.arrayContaining([expect.stringContaining(expected)]));
    });
});

it("takes a topic with the policy that SNS gives it for alarms, and not for events", () => {
    const condition = { Condition: { StringEquals: { "AWS:SourceOwner": "123456789012" } } };
    const first = { Principal: { AWS: "*" }, Action: ["SNS:Publish"], Resource: topic, ...condition };
    const denied = after((one) => one.change(TOPIC_POLICY, topic, { policy: policy(first) }));
    expect(denied).toEqual([expect.stringContaining("the rule job-failed: events.amazonaws.com may not sns:Publish")]);
});

it("gives no verdict on a role whose policies are not all known", () => {
    const unknown = { role: "worker", policyArn: "arn:aws:iam::aws:policy/SomethingNew" };
    const made = new AccountWithNeeds();
    made.removeStatement(ROLE_POLICY, "worker:work", "queue-key");
    made.account.put({
        type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        id: "w-1",
        name: "w",
        region: "eu-west-1",
        run: "this",
        inputs: unknown,
        outputs: unknown,
    });
    expect(denials(judgedCalls(made.account))).toEqual([]);
});
