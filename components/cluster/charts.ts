import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { nameLimits } from "../naming";
import { type PolicyStatement, policyDocument } from "../policy-document";
import {
    type AutoscalerValues,
    autoscalerValues,
    type ControllerChart,
    charts,
    type ExternalSecretsValues,
    externalSecretsValues,
    type LoadBalancerControllerValues,
    loadBalancerControllerValues,
} from "./chart-values";
import { autoscalerPolicy, loadBalancerPolicy } from "./controller-policies";
import { PodIdentity } from "./identity";
import type { ClusterNodes } from "./nodes";
import { podSecurityLabels } from "./pod-security";
import { installChart } from "./release";
import type { ClusterSpec } from "./spec";

export interface ChartsArgs extends ComponentArgs {
    spec: ClusterSpec;
    kubernetes: k8s.Provider;
    /** The cluster's name as it will be. */
    name: string;
    clusterName: pulumi.Input<string>;
    clusterArn: pulumi.Input<string>;
    vpcId: pulumi.Input<string>;
    /** What must exist first: nodes, and DNS. */
    after: pulumi.Resource[];
}

/** The values of each chart, typed because Helm accepts a mistyped key without an error. */
type Values = LoadBalancerControllerValues | AutoscalerValues | ExternalSecretsValues;

/** The controllers that are installed with Helm because EKS has no add-on for them: load balancers, autoscaling, secrets. */
export class Charts extends Component {
    public readonly ready: pulumi.Resource[];
    /** The role of the controller that reads secrets. Its only permission is to assume the roles that trust it. */
    public readonly secretsRole: aws.iam.Role;
    /** The raw resources. */
    public readonly nodes: Pick<ClusterNodes, "releases">;

    private readonly args: ChartsArgs;

    constructor(name: string, args: ChartsArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:cluster:Charts", name, args, options);
        this.args = args;
        const where = { clusterName: args.name, ...this.awsContext };
        const balancers = this.identify(charts.loadBalancerController, loadBalancerPolicy(where));
        const scaling = this.identify(charts.autoscaler, autoscalerPolicy(where));
        const secrets = this.identify(charts.externalSecrets);
        this.secretsRole = secrets.role;
        const dependencies = { ...where, vpcId: args.vpcId, tags: this.tags("load-balancer") };
        const releases = {
            [charts.loadBalancerController.chart]: this.install(
                charts.loadBalancerController,
                loadBalancerControllerValues(args.spec, dependencies),
                [balancers],
            ),
            [charts.autoscaler.chart]: this.install(charts.autoscaler, autoscalerValues(args.spec, dependencies), [
                scaling,
            ]),
            [charts.externalSecrets.chart]: this.install(charts.externalSecrets, externalSecretsValues(args.spec), [
                secrets,
                this.createNamespace(),
            ]),
        };
        this.ready = Object.values(releases);
        this.nodes = { releases };
        this.registerOutputs({});
    }

    private identify(chart: ControllerChart, statements: PolicyStatement[] = []): PodIdentity {
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

    /** A namespace of its own, so that the strictest Pod Security standard can be enforced in it. */
    private createNamespace(): k8s.core.v1.Namespace {
        const { namespace } = charts.externalSecrets;
        return new k8s.core.v1.Namespace(
            this.childName(`namespace-${namespace}`),
            { metadata: { name: namespace, labels: podSecurityLabels(this.args.spec.version) } },
            this.inCluster(),
        );
    }

    private install(chart: ControllerChart, values: Values, needs: pulumi.Resource[]): k8s.helm.v3.Release {
        return installChart(this.childName(chart.chart), chart, values, this.inCluster(needs));
    }

    private inCluster(needs: pulumi.Resource[] = []): pulumi.CustomResourceOptions {
        return { ...this.child, provider: this.args.kubernetes, dependsOn: [...this.args.after, ...needs] };
    }
}
