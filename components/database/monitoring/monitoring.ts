import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { managedPolicyArn } from "../../aws-context";
import { Component, type ComponentArgs } from "../../component";
import { LogGroups } from "../../logs";
import { nameLimits } from "../../naming";
import { policyDocument } from "../../policy-document";
import { engines } from "../engines/engines";
import type { DatabaseSpec } from "../spec";

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
    /** What writes the logs: each instance its own, or a cluster those of all its servers. */
    kind: "instance" | "cluster";
    /** The identifier of each of them, by its part of names. */
    identifiers: Record<string, string>;
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
        const { accountId } = this.awsContext;
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
                policyArn: managedPolicyArn(this.awsContext, "service-role/AmazonRDSEnhancedMonitoringRole"),
            },
            this.child,
        );
        return role.arn;
    }

    private createLogGroups({
        engine,
        kind,
        identifiers,
        logRetentionDays,
        keyDeletionWindowDays,
    }: DatabaseMonitoringArgs): void {
        const names = Object.entries(identifiers).flatMap(([part, identifier]) =>
            engines[engine].logs.map((log) => [`${part}-${log}`, `/aws/rds/${kind}/${identifier}/${log}`]),
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
    return { ...systemMonitoringArgs(spec, made.roleArn), ...loadMonitoringArgs(spec, made.keyArn) };
}

/** What follows from the spec for the measurements of a server's operating system. */
export function systemMonitoringArgs(spec: DatabaseSpec, roleArn?: pulumi.Input<string>) {
    return { monitoringInterval: spec.monitoringIntervalSeconds, monitoringRoleArn: roleArn };
}

/** What follows from the spec for logs and load: of an instance, or of a cluster for all of its servers. */
export function loadMonitoringArgs(spec: DatabaseSpec, keyArn: pulumi.Input<string>) {
    const { insights } = spec;
    return {
        enabledCloudwatchLogsExports: spec.exportLogs ? [...engines[spec.engine].logs] : undefined,
        databaseInsightsMode: insights === "off" ? "standard" : insights,
        performanceInsightsEnabled: insights !== "off",
        ...(insights !== "off" && {
            performanceInsightsKmsKeyId: keyArn,
            performanceInsightsRetentionPeriod: insightsRetentionDays[insights],
        }),
    } satisfies Partial<aws.rds.InstanceArgs> & Partial<aws.rds.ClusterArgs>;
}
