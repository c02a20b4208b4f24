import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { nameLimits } from "../naming";
import { type Transform, transformed } from "../transform";
import { throwIfInvalid } from "../validation";
import { type AlarmPlan, alarmPart, type Comparison, type CompositePlan } from "./alarm";
import { createDashboards, planDashboards } from "./dashboards";
import { createEvents, type EventNodes, planEvents } from "./events";
import { alarmKinds } from "./kinds";
import { createLogs, type LogNodes } from "./logs";
import { insightsQuery, type Metric } from "./metric";
import { compositeRule, describe, planObservability, type Watched } from "./plan";
import { observabilityProblems } from "./rules";
import type { ObservabilitySpec } from "./spec";

export interface ObservabilityArgs extends ObservabilitySpec, ComponentArgs {
    /** What is watched. */
    watch: Watched;
    /** The SNS topic that alarms notify. */
    topicArn: pulumi.Input<string>;
    /** What has to exist before an alarm notifies, such as the topic's policy. */
    dependsOn?: pulumi.Resource[];
    /** Changes the arguments of any child, after the component has set them. You are responsible for the change; the policy pack still checks it. */
    transform?: {
        /** Applied to every alarm. */
        alarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
    };
}

/** The raw resources of {@link Observability}, by the part of names that they have: `database-primary-database-cpu-high`. */
export interface ObservabilityNodes {
    alarms: Record<string, aws.cloudwatch.MetricAlarm>;
    composites: Record<string, aws.cloudwatch.CompositeAlarm>;
    /** What brings operational events to the topic. */
    events: EventNodes;
    /** What is made of the logs. */
    logs: LogNodes;
    /** By part of names: `database`. */
    dashboards: Record<string, aws.cloudwatch.Dashboard>;
}

const operators: Record<Comparison, string> = {
    above: "GreaterThanThreshold",
    "at or above": "GreaterThanOrEqualToThreshold",
    below: "LessThanThreshold",
    "at or below": "LessThanOrEqualToThreshold",
};

/**
 * Watches a platform: a CloudWatch alarm for everything that AWS recommends one for, with thresholds that follow from what was
 * built. Each notifies a topic when it fires and when it is over, says in its description what it means and what to do first,
 * and links to its runbook. A larger instance class or another `maxConnections` moves the thresholds.
 *
 * The operational events of RDS, AWS Backup, EKS and its nodes, ECR and AWS Health reach the same topic.
 *
 * Dashboards show what the alarms look at, with their thresholds, and what the platform is asked to do.
 *
 * Costs ten cents a month for each metric of an alarm, half a dollar for a composite alarm, and three dollars for a dashboard.
 * @see https://aws.amazon.com/cloudwatch/pricing/
 */
export class Observability extends Component {
    /** ARNs of all alarms. */
    public readonly alarmArns: pulumi.Output<string>[];
    /** Names of the dashboards. */
    public readonly dashboardNames: pulumi.Output<string>[];
    /** The raw resources. */
    public readonly nodes: ObservabilityNodes;

    private readonly args: ObservabilityArgs;

    constructor(name: string, args: ObservabilityArgs, options?: pulumi.ComponentResourceOptions) {
        const queueNames = args.watch.queues?.map(({ name: queue }) => queue) ?? [];
        throwIfInvalid(`Observability "${name}"`, observabilityProblems(name, args, queueNames));
        super("plinth:observability:Observability", name, args, options);
        this.args = args;
        const plan = planObservability(args.watch, args);
        const alarms = Object.fromEntries(plan.alarms.map((each) => [alarmPart(each), this.createAlarm(each)]));
        const composites = Object.fromEntries(
            plan.composites.map((each) => [alarmPart(each), this.createComposite(each, Object.values(alarms))]),
        );
        const dashboards = args.dashboards ? planDashboards(args.watch, plan, args.runbooks) : [];
        this.nodes = {
            ...{ alarms, composites },
            events: createEvents(this.asParent, planEvents(args.watch, args.events), {
                ...{ topicArn: args.topicArn, notify: args.notify, runbooks: args.runbooks },
                dependsOn: args.dependsOn ?? [],
            }),
            logs: createLogs(this.asParent, args.watch.logs, plan.queries, {
                ...{ thresholds: args.logs, prefix: this.platform.namePrefix },
            }),
            dashboards: createDashboards(this.asParent, dashboards, {
                region: this.awsContext.region,
                alarmArn: (part) => (alarms[part] ?? composites[part])?.arn,
            }),
        };
        this.alarmArns = [...Object.values(alarms), ...Object.values(composites)].map(({ arn }) => arn);
        this.dashboardNames = Object.values(this.nodes.dashboards).map(({ dashboardName }) => dashboardName);
        this.registerOutputs({ alarmArns: this.alarmArns, dashboardNames: this.dashboardNames });
    }

    private createAlarm(plan: AlarmPlan): aws.cloudwatch.MetricAlarm {
        const part = alarmPart(plan);
        const args: aws.cloudwatch.MetricAlarmArgs = {
            ...this.common(plan),
            name: this.nameOf(part),
            actionsEnabled: this.args.notify,
            alarmActions: [this.args.topicArn],
            okActions: [this.args.topicArn],
            ...metricArgs(plan),
            comparisonOperator: operators[plan.comparison],
            threshold: plan.threshold,
            evaluationPeriods: plan.evaluationPeriods,
            datapointsToAlarm: plan.datapointsToAlarm,
            treatMissingData: plan.missingData,
        };
        return new aws.cloudwatch.MetricAlarm(this.childName(part), transformed(this.args.transform?.alarm, args), {
            ...this.child,
            dependsOn: this.args.dependsOn,
        });
    }

    /** Muted by taking its actions away: another `actionsEnabled` would replace it, by one of the same name. */
    private createComposite(plan: CompositePlan, alarms: pulumi.Resource[]): aws.cloudwatch.CompositeAlarm {
        const part = alarmPart(plan);
        const actions = this.args.notify ? [this.args.topicArn] : [];
        return new aws.cloudwatch.CompositeAlarm(
            this.childName(part),
            {
                ...this.common(plan),
                alarmName: this.nameOf(part),
                alarmActions: actions,
                okActions: actions,
                alarmRule: compositeRule(plan, (of) => this.nameOf(of)),
            },
            // The rule names the alarms, so Pulumi does not see the dependency.
            { ...this.child, dependsOn: [...(this.args.dependsOn ?? []), ...alarms] },
        );
    }

    /** What every alarm has. */
    private common(plan: AlarmPlan | CompositePlan) {
        return {
            alarmDescription: describe(plan, this.args.runbooks),
            tags: { ...this.tags(alarmPart(plan)), Severity: alarmKinds[plan.kind].severity },
        };
    }

    private nameOf(part: string): string {
        return this.physicalName(nameLimits.alarm, part);
    }
}

/** One metric as it is, or what is computed of several: the worst of them, unless the plan says otherwise. */
function metricArgs({
    metrics,
    expression,
    measured,
    comparison,
    periodSeconds,
}: AlarmPlan): Partial<aws.cloudwatch.MetricAlarmArgs> {
    const [metric, ...others] = metrics;
    if (metric?.across !== undefined && others.length === 0) {
        const expression = insightsQuery(metric);
        return {
            metricQueries: [{ id: "worst", expression, label: "Worst", period: periodSeconds, returnData: true }],
        };
    }
    if (metric && others.length === 0) {
        const { namespace, name, dimensions, statistic } = metric;
        // CloudWatch has percentiles in an argument of their own.
        const by = statistic.startsWith("p") ? { extendedStatistic: statistic } : { statistic };
        return { namespace, metricName: name, dimensions, period: periodSeconds, ...by };
    }
    const worst = comparison.endsWith("above") ? "MAX" : "MIN";
    return {
        metricQueries: [
            {
                id: "worst",
                expression: expression ?? `${worst}([${metrics.map((_, index) => idOf(index)).join(", ")}])`,
                label: measured ?? "Worst",
                returnData: true,
            },
            ...metrics.map((each, index) => ({ id: idOf(index), metric: queried(each, periodSeconds) })),
        ],
    };
}

function idOf(index: number): string {
    return `m${index + 1}`;
}

function queried({ namespace, name, dimensions, statistic }: Metric, period: number) {
    return { namespace, metricName: name, dimensions, stat: statistic, period };
}
