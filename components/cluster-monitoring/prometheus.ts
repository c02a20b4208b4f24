import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { installChart } from "../cluster/release";
import { Component, type ComponentArgs } from "../component";
import { nameLimits } from "../naming";
import { type PolicyStatement, policyDocument } from "../policy-document";
import { alertRules, type Monitored } from "./alerts";
import type { ClusterMonitoringArgs } from "./args";
import { pods, scrapingRole, scrapingRules } from "./pods";
import { prometheusValues } from "./prometheus-values";
import type { ScrapeTargets } from "./scrape";
import type { ClusterMonitoringSpec } from "./spec";
import { monitoringCharts, monitoringNamespace } from "./versions";

export interface PrometheusArgs extends ComponentArgs, Pick<ClusterMonitoringArgs, "cluster" | "alertTopic"> {
    spec: ClusterMonitoringSpec;
    /** What there are alerts on. */
    monitored: Monitored;
    targets: Omit<ScrapeTargets, "alerting">;
    /** What must exist before anything in the namespace. */
    dependsOn: pulumi.Resource[];
    transform?: NonNullable<ClusterMonitoringArgs["transform"]>["prometheus"];
}

/** Prometheus with kube-state-metrics and, where there is a topic for alerts, Alertmanager. */
export class Prometheus extends Component {
    /** The raw resources. */
    public readonly nodes: { prometheus: k8s.helm.v3.Release };

    private readonly args: PrometheusArgs;

    constructor(name: string, args: PrometheusArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:cluster-monitoring:Prometheus", name, args, options);
        this.args = args;
        const needed = [...args.dependsOn, this.allowScraping()];
        if (args.alertTopic) needed.push(this.allowPublishing(args.alertTopic));
        this.nodes = { prometheus: this.install(needed) };
        this.registerOutputs({});
    }

    private inCluster(dependsOn: pulumi.Resource[]): pulumi.CustomResourceOptions {
        return { ...this.child, provider: this.args.cluster.kubernetes, dependsOn };
    }

    private allowScraping(): pulumi.Resource {
        const metadata = { name: scrapingRole };
        const role = new k8s.rbac.v1.ClusterRole(
            this.childName("scraping-role"),
            { metadata, rules: scrapingRules },
            this.inCluster(this.args.dependsOn),
        );
        const { name } = pods.prometheus;
        return new k8s.rbac.v1.ClusterRoleBinding(
            this.childName("scraping"),
            {
                metadata,
                roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: scrapingRole },
                subjects: [{ kind: "ServiceAccount", name, namespace: monitoringNamespace }],
            },
            this.inCluster([role]),
        );
    }

    /** Alertmanager publishes to the topic as a role of its own, and does nothing else in AWS. */
    private allowPublishing({ arn, keyArn }: NonNullable<PrometheusArgs["alertTopic"]>): pulumi.Resource {
        const { name } = pods.alertmanager;
        const identity = this.args.cluster.identity(name, { namespace: monitoringNamespace, serviceAccount: name });
        const publish = statement("PublishAlerts", ["sns:Publish"], arn);
        const encrypt = keyArn && statement("EncryptAlerts", ["kms:GenerateDataKey", "kms:Decrypt"], keyArn);
        return new aws.iam.RolePolicy(
            this.childName("alert-policy"),
            {
                name: this.physicalName(nameLimits.rolePolicy, "alerts"),
                role: identity.role.name,
                policy: policyDocument(publish, ...(encrypt ? [encrypt] : [])),
            },
            { ...this.child, dependsOn: [identity] },
        );
    }

    private install(dependsOn: pulumi.Resource[]): k8s.helm.v3.Release {
        const { spec, monitored, targets, alertTopic, transform } = this.args;
        const rules = alertRules(spec, monitored);
        const topic = alertTopic && { arn: alertTopic.arn, region: this.awsContext.region };
        const values = prometheusValues(spec, { ...targets, alerting: alertTopic !== undefined }, rules, topic);
        const { prometheus: chart } = monitoringCharts;
        return installChart(this.childName("chart"), chart, values, this.inCluster(dependsOn), transform);
    }
}

function statement(Sid: string, Action: string[], Resource: pulumi.Input<string>): PolicyStatement {
    return { Sid, Effect: "Allow", Action, Resource };
}
