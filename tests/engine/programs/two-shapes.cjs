// A small program of two shapes, each of which creates, changes, replaces and deletes something of the other: tests/engine/kills.ts
// kills the commands that lead from one to the other.
"use strict";
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const random = require("@pulumi/random");

const other = new pulumi.Config().getBoolean("other") ?? false;
const zones = other ? ["a", "b", "c"] : ["a", "b"];

const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16", enableDnsSupport: true, enableDnsHostnames: other });
const subnets = zones.map(
    (zone, index) =>
        new aws.ec2.Subnet(`subnet-${zone}`, {
            vpcId: vpc.id,
            cidrBlock: `10.0.${index}.0/24`,
            availabilityZone: `eu-west-1${zone}`,
        }),
);
new aws.ec2.SecurityGroup("group", { vpcId: vpc.id, description: other ? "the other" : "the first" });
new aws.rds.SubnetGroup("subnets", { name: "subnets", subnetIds: subnets.map(({ id }) => id) });
const queue = new aws.sqs.Queue("jobs", { name: "jobs", visibilityTimeoutSeconds: other ? 60 : 30 });
const role = new aws.iam.Role("role", {
    name: "worker",
    assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
    }),
});
for (const verb of other ? ["SendMessage"] : ["SendMessage", "ReceiveMessage"])
    new aws.iam.RolePolicy(`may-${verb}`, {
        role: role.name,
        name: verb,
        policy: queue.arn.apply((arn) =>
            JSON.stringify({
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action: `sqs:${verb}`, Resource: arn }],
            }),
        ),
    });
const password = new random.RandomPassword("password", { length: other ? 24 : 20 });
const secret = new aws.secretsmanager.Secret("secret", { name: other ? "other" : "first", recoveryWindowInDays: 0 });
new aws.secretsmanager.SecretVersion("value", { secretId: secret.id, secretString: password.result });
new aws.cloudwatch.LogGroup("log", { name: other ? "/other" : "/first", retentionInDays: 30 });
