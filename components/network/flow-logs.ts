import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { LogGroups } from "../logs";
import { nameLimits } from "../naming";
import { policyDocument } from "../policy-document";
import { type Transform, transformed } from "../transform";
import type { FlowLogTraffic } from "./spec";

export interface FlowLogsArgs extends ComponentArgs {
    vpcId: pulumi.Input<string>;
    /** Which traffic is logged. */
    traffic: Exclude<FlowLogTraffic, "none">;
    /** Days that a record is retained. */
    retentionDays: number;
    /** Days between asking AWS to delete the logs' key and its end, 7 to 30. */
    keyDeletionWindowDays: number;
    transform?: Transform<aws.ec2.FlowLogArgs>;
}

const trafficTypes = { all: "ALL", accepted: "ACCEPT", rejected: "REJECT" } as const;

/**
 * The connections in a VPC, in an encrypted log group, written by a role that can do nothing else.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
export class FlowLogs extends Component {
    public readonly logGroupArn: pulumi.Output<string>;
    /** The raw resources. */
    public readonly nodes: { flowLog: aws.ec2.FlowLog; logGroup: aws.cloudwatch.LogGroup; role: aws.iam.Role };

    constructor(name: string, args: FlowLogsArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:network:FlowLogs", name, args, options);
        const logs = this.createLogGroup(args);
        this.logGroupArn = logs.arns.group;
        const role = this.createRole();
        const rights = this.allowWrite(role);
        const flowLogArgs: aws.ec2.FlowLogArgs = {
            vpcId: args.vpcId,
            trafficType: trafficTypes[args.traffic],
            logDestinationType: "cloud-watch-logs",
            logDestination: this.logGroupArn,
            iamRoleArn: role.arn,
            tags: this.tags("flow-logs"),
        };
        const flowLog = new aws.ec2.FlowLog(this.childName("flow-log"), transformed(args.transform, flowLogArgs), {
            ...this.child,
            dependsOn: [rights],
        });
        this.nodes = { flowLog, logGroup: logs.nodes.groups.group, role };
        this.registerOutputs({ logGroupArn: this.logGroupArn });
    }

    private createLogGroup(args: FlowLogsArgs): LogGroups<"group"> {
        return new LogGroups(
            this.childName("logs"),
            {
                ...this.shared,
                purpose: `the flow logs of ${this.physicalIdentity}`,
                names: { group: `/aws/vpc-flow-logs/${this.physicalName(nameLimits.logGroup)}` },
                retentionDays: args.retentionDays,
                keyDeletionWindowDays: args.keyDeletionWindowDays,
            },
            this.child,
        );
    }

    /** The conditions prevent that AWS uses this role for flow logs of another account. */
    private createRole(): aws.iam.Role {
        const { accountId, partition, region } = this.awsContext;
        const args: aws.iam.RoleArgs = {
            name: this.physicalName(nameLimits.role, "flow-logs"),
            description: "Writes flow logs",
            assumeRolePolicy: policyDocument({
                Sid: "LetFlowLogsAssume",
                Effect: "Allow",
                Principal: { Service: "vpc-flow-logs.amazonaws.com" },
                Action: "sts:AssumeRole",
                Condition: {
                    StringEquals: { "aws:SourceAccount": accountId },
                    ArnLike: {
                        "aws:SourceArn": pulumi.interpolate`arn:${partition}:ec2:${region}:${accountId}:vpc-flow-log/*`,
                    },
                },
            }),
            tags: this.tags("flow-logs"),
        };
        return new aws.iam.Role(this.childName("role"), args, this.child);
    }

    private allowWrite(role: aws.iam.Role): aws.iam.RolePolicy {
        const args: aws.iam.RolePolicyArgs = {
            name: "write-flow-logs",
            role: role.name,
            policy: policyDocument(
                {
                    Sid: "WriteFlowLogs",
                    Effect: "Allow",
                    Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                    Resource: pulumi.interpolate`${this.logGroupArn}:*`,
                },
                // It takes no resource: on a log group it would allow nothing.
                { Sid: "FindLogGroups", Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
            ),
        };
        return new aws.iam.RolePolicy(this.childName("role-policy"), args, this.child);
    }
}
