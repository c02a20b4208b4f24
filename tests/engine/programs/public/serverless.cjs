"use strict";
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const code = new pulumi.asset.AssetArchive({
    "index.js": new pulumi.asset.StringAsset("exports.handler = async () => ({ statusCode: 200 });"),
});

function functionOf(name, more = {}) {
    const role = new aws.iam.Role(name, {
        assumeRolePolicy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
        }),
    });
    new aws.iam.RolePolicyAttachment(name, {
        role: role.name,
        policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
    });
    return new aws.lambda.Function(name, {
        runtime: "nodejs20.x",
        handler: "index.handler",
        role: role.arn,
        code,
        ...more,
    });
}

/** A function behind an HTTP API. */
function httpApi(name) {
    const handler = functionOf(name);
    const api = new aws.apigatewayv2.Api(name, { protocolType: "HTTP" });
    const integration = new aws.apigatewayv2.Integration(name, {
        apiId: api.id,
        integrationType: "AWS_PROXY",
        integrationUri: handler.invokeArn,
        payloadFormatVersion: "2.0",
    });
    new aws.apigatewayv2.Route(name, {
        apiId: api.id,
        routeKey: "GET /",
        target: pulumi.interpolate`integrations/${integration.id}`,
    });
    const stage = new aws.apigatewayv2.Stage(name, { apiId: api.id, name: "$default", autoDeploy: true });
    new aws.lambda.Permission(name, {
        action: "lambda:InvokeFunction",
        function: handler.name,
        principal: "apigateway.amazonaws.com",
        sourceArn: pulumi.interpolate`${api.executionArn}/*`,
    });
    return stage.invokeUrl;
}

/** A REST API of a description. */
function restApi(name) {
    const api = new aws.apigateway.RestApi(name, {
        body: JSON.stringify({ swagger: "2.0", info: { title: name, version: "1" }, paths: {} }),
    });
    const deployment = new aws.apigateway.Deployment(name, { restApi: api.id });
    const stage = new aws.apigateway.Stage(name, { restApi: api.id, deployment: deployment.id, stageName: "live" });
    return stage.invokeUrl;
}

/** A function that is written in the program. */
function callback(name) {
    const bucket = new aws.s3.Bucket(name);
    bucket.onObjectCreated(name, async (event) => {
        console.log(event.Records?.length);
    });
    return bucket.id;
}

/** A function that reads a queue. */
function queueWorker(name) {
    const queue = new aws.sqs.Queue(name, { visibilityTimeoutSeconds: 180 });
    const handler = functionOf(name, { timeout: 30 });
    const mapping = new aws.lambda.EventSourceMapping(name, {
        eventSourceArn: queue.arn,
        functionName: handler.arn,
        batchSize: 10,
    });
    return mapping.uuid;
}

/** A function by the clock. */
function schedule(name) {
    const handler = functionOf(name);
    const rule = new aws.cloudwatch.EventRule(name, { scheduleExpression: "rate(5 minutes)" });
    new aws.cloudwatch.EventTarget(name, { rule: rule.name, arn: handler.arn });
    new aws.lambda.Permission(name, {
        action: "lambda:InvokeFunction",
        function: handler.name,
        principal: "events.amazonaws.com",
        sourceArn: rule.arn,
    });
    return rule.arn;
}

/** Steps, one after the other. */
function stateMachine(name) {
    const role = new aws.iam.Role(name, {
        assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "states.amazonaws.com" }),
    });
    const definition = JSON.stringify({ StartAt: "Done", States: { Done: { Type: "Succeed" } } });
    return new aws.sfn.StateMachine(name, { roleArn: role.arn, definition }).arn;
}

module.exports = { httpApi, restApi, callback, queueWorker, schedule, stateMachine };
