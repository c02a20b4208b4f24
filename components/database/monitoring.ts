import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { LogGroups } from "../logs";
import { nameLimits } from "../naming";
import { policyDocument } from "../policy-document";
import { engines } from "./engines";
import type { DatabaseSpec } from "./spec";

/**
 * Days that Performance Insights keeps its data: what costs nothing in the standard mode, and what the advanced one asks
 * for.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.TurningOnAdvanced.html
 */
const insightsRetentionDays = { standard: 7, advanced: 465 } as const;

export interface DatabaseMonitoringArgs
    extends ComponentArgs,
        Pick<
            DatabaseSpec,
            "engine" | "monitoringIntervalSeconds" | "exportLogs" | "logRetentionDays" | "keyDeletionWindowDays"
        > {
    /** The identifier of each instance, by its part of names. */
    instances: Record<string, string>;
}

/**
 * What has to be there before an instance writes anything: the role of Enhanced Monitoring, and the log groups, which RDS
 * would otherwise make itself, without a key and for ever.
 */
export class DatabaseMonitoring extends Component {
    /** The role that writes operating system metrics; undefined where none are taken. */
    public readonly roleArn?: pulumi.Output<string>;

    constructor(name: string, args: DatabaseMonitoringArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:database:DatabaseMonitoring", name, args, options);
        if (args.monitoringIntervalSeconds > 0) this.roleArn = this.createRole();
        if (args.exportLogs) this.createLogGroups(args);
        this.registerOutputs({ roleArn: this.roleArn });
    }

    /** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html */
    private createRole(): pulumi.Output<string> {
        const { accountId } = aws.getCallerIdentityOutput({}, this.child);
        const { partition } = aws.getPartitionOutput({}, this.child);
        const role = new aws.iam.Role(
            this.childName("role"),
            {
                name: this.physicalName(nameLimits.role, "monitoring"),
                description: "Lets RDS write the operating system metrics of the database's instances",
                assumeRolePolicy: policyDocument({
                    Sid: "LetRdsMonitor",
                    Effect: "Allow",
                    Principal: { Service: "monitoring.rds.amazonaws.com" },
                    Action: "sts:AssumeRole",
                    Condition: { StringEquals: { "aws:SourceAccount": accountId } },
                }),
                tags: this.tags("monitoring"),
            },
            this.child,
        );
        new aws.iam.RolePolicyAttachment(
            this.childName("role-policy"),
            {
                role: role.name,
                policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`,
            },
            this.child,
        );
        return role.arn;
    }

    private createLogGroups({
        engine,
        instances,
        logRetentionDays,
        keyDeletionWindowDays,
    }: DatabaseMonitoringArgs): void {
        const names = Object.entries(instances).flatMap(([part, identifier]) =>
            engines[engine].logs.map((log) => [`${part}-${log}`, `/aws/rds/instance/${identifier}/${log}`]),
        );
        new LogGroups(
            this.childName("logs"),
            {
                ...this.shared,
                purpose: `the logs of the database ${this.displayName()}`,
                names: Object.fromEntries(names),
                retentionDays: logRetentionDays,
                keyDeletionWindowDays,
            },
            this.child,
        );
    }
}

/** What follows from the spec for the monitoring of any instance, a replica among them. */
export function monitoringArgs(
    spec: DatabaseSpec,
    made: { roleArn?: pulumi.Input<string>; keyArn: pulumi.Input<string> },
) {
    const { insights } = spec;
    return {
        monitoringInterval: spec.monitoringIntervalSeconds,
        monitoringRoleArn: made.roleArn,
        enabledCloudwatchLogsExports: spec.exportLogs ? [...engines[spec.engine].logs] : undefined,
        databaseInsightsMode: insights === "off" ? "standard" : insights,
        performanceInsightsEnabled: insights !== "off",
        ...(insights !== "off" && {
            performanceInsightsKmsKeyId: made.keyArn,
            performanceInsightsRetentionPeriod: insightsRetentionDays[insights],
        }),
    } satisfies Partial<aws.rds.InstanceArgs>;
}
