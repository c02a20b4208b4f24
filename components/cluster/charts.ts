import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { nameLimits } from "../naming";
import { type PolicyStatement, policyDocument } from "../policy-document";
import {
    type AutoscalerValues,
    autoscalerValues,
    type Chart,
    charts,
    type ExternalSecretsValues,
    externalSecretsValues,
    type LoadBalancerControllerValues,
    loadBalancerControllerValues,
} from "./chart-values";
import { autoscalerPolicy, loadBalancerPolicy } from "./controller-policies";
import { PodIdentity } from "./identity";
import { podSecurityLabels } from "./pod-security";
import type { ClusterSpec } from "./spec";

export interface ChartsArgs extends ComponentArgs {
    spec: ClusterSpec;
    kubernetes: k8s.Provider;
    /** The cluster's name as it will be. */
    name: string;
    clusterName: pulumi.Input<string>;
    clusterArn: pulumi.Input<string>;
    vpcId: pulumi.Input<string>;
    /** What has to be there first: nodes, and names. */
    after: pulumi.Resource[];
}

/** The values of each chart: mistyped ones would be taken without a word. */
type Values = LoadBalancerControllerValues | AutoscalerValues | ExternalSecretsValues;

/** The controllers that the cluster has by Helm, where EKS has no add-on: load balancers, autoscaling, secrets. */
export class Charts extends Component {
    public readonly ready: pulumi.Resource[];
    /** The role of the controller that reads secrets. It may do nothing but take the roles that trust it. */
    public readonly secretsRole: aws.iam.Role;

    private readonly args: ChartsArgs;

    constructor(name: string, args: ChartsArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:cluster:Charts", name, args, options);
        this.args = args;
        const where = { clusterName: args.name, ...this.awsContext };
        const balancers = this.identify(charts.loadBalancerController, loadBalancerPolicy(where));
        const scaling = this.identify(charts.autoscaler, autoscalerPolicy(where));
        const secrets = this.identify(charts.externalSecrets);
        this.secretsRole = secrets.role;
        const known = pulumi.all([where.region, args.vpcId]).apply(([region, vpcId]) => ({
            ...{ clusterName: args.name, region, vpcId },
            tags: this.tags("load-balancer"),
        }));
        this.ready = [
            this.install(
                charts.loadBalancerController,
                known.apply((all) => loadBalancerControllerValues(args.spec, all)),
                [balancers],
            ),
            this.install(
                charts.autoscaler,
                known.apply((all) => autoscalerValues(args.spec, all)),
                [scaling],
            ),
            this.install(charts.externalSecrets, externalSecretsValues(args.spec), [secrets, this.createNamespace()]),
        ];
        this.registerOutputs({});
    }

    private identify(chart: Chart, statements: PolicyStatement[] = []): PodIdentity {
        const identity = new PodIdentity(
            this.childName(`${chart.chart}-identity`),
            {
                ...this.shared,
                part: chart.chart,
                ...{ clusterName: this.args.clusterName, clusterArn: this.args.clusterArn },
                ...{ namespace: chart.namespace, serviceAccount: chart.serviceAccount },
            },
            this.child,
        );
        if (statements.length > 0) {
            new aws.iam.RolePolicy(
                this.childName(`${chart.chart}-policy`),
                {
                    name: this.physicalName(nameLimits.rolePolicy, chart.chart),
                    role: identity.role.name,
                    policy: policyDocument(...statements),
                },
                this.child,
            );
        }
        return identity;
    }

    /** Whose own, so that it can be held to the strictest standard of pods. */
    private createNamespace(): k8s.core.v1.Namespace {
        const { namespace } = charts.externalSecrets;
        return new k8s.core.v1.Namespace(
            this.childName(`namespace-${namespace}`),
            { metadata: { name: namespace, labels: podSecurityLabels(this.args.spec.version) } },
            this.inCluster(),
        );
    }

    private install(chart: Chart, values: pulumi.Input<Values>, needs: pulumi.Resource[]): k8s.helm.v3.Release {
        return new k8s.helm.v3.Release(
            this.childName(chart.chart),
            {
                name: chart.chart,
                chart: chart.chart,
                version: chart.version,
                repositoryOpts: { repo: chart.repository },
                namespace: chart.namespace,
                values: pulumi.output(values).apply((known) => ({ ...known })),
                // A release that doesn't come up is taken back, so that the next update starts afresh.
                atomic: true,
                timeout: 600,
            },
            this.inCluster(needs),
        );
    }

    private inCluster(needs: pulumi.Resource[] = []): pulumi.CustomResourceOptions {
        return { ...this.child, provider: this.args.kubernetes, dependsOn: [...this.args.after, ...needs] };
    }
}
