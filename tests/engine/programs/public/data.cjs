"use strict";
const aws = require("@pulumi/aws");

/** A table with an index, and what is kept of its changes. */
function table(name) {
    const items = new aws.dynamodb.Table(name, {
        billingMode: "PAY_PER_REQUEST",
        hashKey: "id",
        attributes: [
            { name: "id", type: "S" },
            { name: "owner", type: "S" },
        ],
        globalSecondaryIndexes: [{ name: "by-owner", hashKey: "owner", projectionType: "ALL" }],
        streamEnabled: true,
        streamViewType: "NEW_IMAGE",
    });
    new aws.dynamodb.TableItem(name, {
        tableName: items.name,
        hashKey: items.hashKey,
        item: JSON.stringify({ id: { S: "1" } }),
    });
    return items.streamArn;
}

/** A stream into a bucket. */
function delivery(name) {
    const bucket = new aws.s3.Bucket(name);
    const stream = new aws.kinesis.Stream(name, { shardCount: 1 });
    const role = new aws.iam.Role(name, {
        assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "firehose.amazonaws.com" }),
    });
    const firehose = new aws.kinesis.FirehoseDeliveryStream(name, {
        destination: "extended_s3",
        kinesisSourceConfiguration: { kinesisStreamArn: stream.arn, roleArn: role.arn },
        extendedS3Configuration: { bucketArn: bucket.arn, roleArn: role.arn },
    });
    return firehose.arn;
}

/** A topic that a queue listens to. */
function fanOut(name) {
    const topic = new aws.sns.Topic(name);
    const queue = new aws.sqs.Queue(name);
    const document = aws.iam.getPolicyDocumentOutput({
        statements: [
            {
                actions: ["sqs:SendMessage"],
                resources: [queue.arn],
                principals: [{ type: "Service", identifiers: ["sns.amazonaws.com"] }],
                conditions: [{ test: "ArnEquals", variable: "aws:SourceArn", values: [topic.arn] }],
            },
        ],
    });
    new aws.sqs.QueuePolicy(name, { queueUrl: queue.url, policy: document.json });
    new aws.sns.TopicSubscription(name, { topic: topic.arn, protocol: "sqs", endpoint: queue.arn });
    return topic.arn;
}

/** Files that servers share. */
function sharedFiles(name) {
    const files = new aws.efs.FileSystem(name, { encrypted: true });
    new aws.efs.AccessPoint(name, { fileSystemId: files.id, posixUser: { uid: 1000, gid: 1000 } });
    return files.dnsName;
}

/** A search domain. */
function search(name) {
    return new aws.opensearch.Domain(name, {
        engineVersion: "OpenSearch_2.19",
        clusterConfig: { instanceType: "t3.small.search" },
    }).endpoint;
}

module.exports = { table, delivery, fanOut, sharedFiles, search };
