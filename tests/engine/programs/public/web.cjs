"use strict";
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const egress = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }];

/** A site of static files. */
function staticSite(name) {
    const bucket = new aws.s3.Bucket(name);
    const website = new aws.s3.BucketWebsiteConfiguration(name, {
        bucket: bucket.id,
        indexDocument: { suffix: "index.html" },
    });
    const open = new aws.s3.BucketPublicAccessBlock(name, { bucket: bucket.id, blockPublicPolicy: false });
    const statement = {
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: pulumi.interpolate`${bucket.arn}/*`,
    };
    new aws.s3.BucketPolicy(
        name,
        { bucket: bucket.id, policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: [statement] }) },
        { dependsOn: open },
    );
    const content = new pulumi.asset.StringAsset("<h1>Hello</h1>");
    new aws.s3.BucketObject(`${name}-index`, {
        bucket: bucket.id,
        key: "index.html",
        content: "<h1>Hello</h1>",
        contentType: "text/html",
    });
    new aws.s3.BucketObjectv2(`${name}-about`, {
        bucket: bucket.id,
        key: "about.html",
        source: content,
        contentType: "text/html",
    });
    return website.websiteEndpoint;
}

/** A server with a public address. */
function webServer(name) {
    const image = aws.ec2.getAmiOutput({
        mostRecent: true,
        owners: ["amazon"],
        filters: [{ name: "name", values: ["al2023-ami-*-x86_64"] }],
    });
    const group = new aws.ec2.SecurityGroup(name, {
        ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }],
        egress,
    });
    const server = new aws.ec2.Instance(name, {
        ami: image.id,
        instanceType: "t3.micro",
        vpcSecurityGroupIds: [group.id],
        userData: "#!/bin/bash\necho Hello > index.html",
    });
    return server.publicDns;
}

/** A content delivery network before a bucket, with a certificate and a name. */
function cdn(name) {
    const zone = new aws.route53.Zone(name, { name: "site.example.com" });
    const certificate = new aws.acm.Certificate(name, { domainName: "www.site.example.com", validationMethod: "DNS" });
    const [option] = [certificate.domainValidationOptions[0]];
    const proof = new aws.route53.Record(`${name}-proof`, {
        zoneId: zone.zoneId,
        name: option.resourceRecordName,
        type: option.resourceRecordType,
        records: [option.resourceRecordValue],
        ttl: 60,
    });
    const valid = new aws.acm.CertificateValidation(name, {
        certificateArn: certificate.arn,
        validationRecordFqdns: [proof.fqdn],
    });
    const bucket = new aws.s3.Bucket(name);
    const access = new aws.cloudfront.OriginAccessControl(name, {
        originAccessControlOriginType: "s3",
        signingBehavior: "always",
        signingProtocol: "sigv4",
    });
    const distribution = new aws.cloudfront.Distribution(name, {
        enabled: true,
        aliases: ["www.site.example.com"],
        origins: [
            { originId: bucket.arn, domainName: bucket.bucketRegionalDomainName, originAccessControlId: access.id },
        ],
        defaultCacheBehavior: {
            targetOriginId: bucket.arn,
            viewerProtocolPolicy: "redirect-to-https",
            allowedMethods: ["GET", "HEAD"],
            cachedMethods: ["GET", "HEAD"],
            forwardedValues: { queryString: false, cookies: { forward: "none" } },
        },
        restrictions: { geoRestriction: { restrictionType: "none" } },
        viewerCertificate: { acmCertificateArn: valid.certificateArn, sslSupportMethod: "sni-only" },
    });
    new aws.route53.Record(name, {
        zoneId: zone.zoneId,
        name: "www",
        type: "A",
        aliases: [{ name: distribution.domainName, zoneId: distribution.hostedZoneId, evaluateTargetHealth: false }],
    });
    return distribution.domainName;
}

/** Containers behind a load balancer. */
function fargate(name) {
    const vpc = new aws.ec2.Vpc(name, { cidrBlock: "10.20.0.0/16" });
    const subnets = ["a", "b"].map(
        (zone, index) =>
            new aws.ec2.Subnet(`${name}-${zone}`, {
                vpcId: vpc.id,
                cidrBlock: `10.20.${index}.0/24`,
                availabilityZone: `eu-west-1${zone}`,
            }),
    );
    const group = new aws.ec2.SecurityGroup(name, { vpcId: vpc.id, egress });
    const balancer = new aws.lb.LoadBalancer(name, {
        subnets: subnets.map(({ id }) => id),
        securityGroups: [group.id],
    });
    const target = new aws.lb.TargetGroup(name, { port: 80, protocol: "HTTP", targetType: "ip", vpcId: vpc.id });
    const listener = new aws.lb.Listener(name, {
        loadBalancerArn: balancer.arn,
        port: 80,
        defaultActions: [{ type: "forward", targetGroupArn: target.arn }],
    });
    const role = new aws.iam.Role(name, {
        assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ecs-tasks.amazonaws.com" }),
        managedPolicyArns: [aws.iam.ManagedPolicy.AmazonECSTaskExecutionRolePolicy],
    });
    const cluster = new aws.ecs.Cluster(name);
    const task = new aws.ecs.TaskDefinition(name, {
        family: name,
        cpu: "256",
        memory: "512",
        networkMode: "awsvpc",
        requiresCompatibilities: ["FARGATE"],
        executionRoleArn: role.arn,
        containerDefinitions: JSON.stringify([{ name: "web", image: "nginx", portMappings: [{ containerPort: 80 }] }]),
    });
    new aws.ecs.Service(
        name,
        {
            cluster: cluster.arn,
            taskDefinition: task.arn,
            desiredCount: 2,
            launchType: "FARGATE",
            networkConfiguration: { subnets: subnets.map(({ id }) => id), securityGroups: [group.id] },
            loadBalancers: [{ targetGroupArn: target.arn, containerName: "web", containerPort: 80 }],
        },
        { dependsOn: listener },
    );
    return balancer.dnsName;
}

/** A group of servers that grows. */
function autoscaling(name) {
    const template = new aws.ec2.LaunchTemplate(name, { imageId: "ami-0123456789abcdef0", instanceType: "t3.small" });
    const group = new aws.autoscaling.Group(name, {
        minSize: 1,
        maxSize: 4,
        availabilityZones: ["eu-west-1a"],
        launchTemplate: { id: template.id, version: "$Latest" },
    });
    new aws.autoscaling.Policy(name, {
        autoscalingGroupName: group.name,
        policyType: "TargetTrackingScaling",
        targetTrackingConfiguration: {
            predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
            targetValue: 60,
        },
    });
    return group.arn;
}

module.exports = { staticSite, webServer, cdn, fargate, autoscaling };
