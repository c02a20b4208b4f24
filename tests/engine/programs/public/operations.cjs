"use strict";
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

/** People, their group and what they may do. */
function people(name) {
    const group = new aws.iam.Group(name);
    const users = ["ada", "grace"].map((person) => new aws.iam.User(`${name}-${person}`, { name: person }));
    new aws.iam.GroupMembership(name, { group: group.name, users: users.map((user) => user.name) });
    new aws.iam.GroupPolicyAttachment(name, { group: group.name, policyArn: aws.iam.ManagedPolicy.ReadOnlyAccess });
    return group.arn;
}

/** A sign-in for customers. */
function signIn(name) {
    const pool = new aws.cognito.UserPool(name, { passwordPolicy: { minimumLength: 12 } });
    new aws.cognito.UserPoolClient(name, { userPoolId: pool.id, generateSecret: false });
    return pool.endpoint;
}

/** Parameters, one of them secret. */
function parameters(name) {
    new aws.ssm.Parameter(`${name}-mode`, { type: "String", value: "live" });
    const secret = new aws.ssm.Parameter(`${name}-token`, { type: "SecureString", value: pulumi.secret("a token") });
    return secret.arn;
}

/** A build that a push starts. */
function build(name) {
    const images = new aws.ecr.Repository(name, { forceDelete: true });
    const role = new aws.iam.Role(name, {
        assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "codebuild.amazonaws.com" }),
    });
    const project = new aws.codebuild.Project(name, {
        serviceRole: role.arn,
        artifacts: { type: "NO_ARTIFACTS" },
        environment: {
            type: "LINUX_CONTAINER",
            computeType: "BUILD_GENERAL1_SMALL",
            image: "aws/codebuild/standard:7.0",
            environmentVariables: [{ name: "REPOSITORY", value: images.repositoryUrl }],
        },
        source: { type: "GITHUB", location: "https://github.com/example/app.git" },
    });
    return project.arn;
}

module.exports = { people, signIn, parameters, build };
