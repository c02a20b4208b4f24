import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { WorkloadCluster, WorkloadIdentity } from "../cluster";
import { Component, type ComponentArgs } from "../component";
import type { MessageQueue, WorkloadNamespace } from "../kubernetes/dependencies";
import { nameLimits } from "../naming";
import { policyDocument } from "../policy-document";
import type { ScaledQueue } from "./autoscaling";

/** @see https://github.com/kedacore/charts */
const chart = { repository: "https://kedacore.github.io/charts", name: "keda", version: "2.20.2" } as const;
const place = { namespace: "keda", serviceAccount: "keda-operator" } as const;

export interface QueueScalingArgs extends ComponentArgs {
    cluster: WorkloadCluster;
    /** The namespace whose Deployments it scales; it looks at no other. */
    application: WorkloadNamespace;
}

/**
 * What scales services on the depth of queues: KEDA, with a role that may ask how many messages wait in those queues and
 * nothing else.
 */
export class QueueScaling extends Component {
    /** What must exist before a ScaledObject. */
    public readonly ready: pulumi.Resource[];

    private readonly args: QueueScalingArgs;
    private readonly operator: WorkloadIdentity;

    constructor(name: string, args: QueueScalingArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:workload:QueueScaling", name, args, options);
        this.args = args;
        this.operator = args.cluster.identity(name, place);
        const release = this.createRelease();
        this.ready = [release, this.createAuthentication(release)];
        this.registerOutputs({ roleArn: this.operator.role.arn });
    }

    /** Lets KEDA see the depth of `queue`, for the service of that name. */
    watch(service: string, queue: MessageQueue): ScaledQueue {
        new aws.iam.RolePolicy(
            this.childName(`depth-for-${service}`),
            {
                name: this.physicalName(nameLimits.rolePolicy, `depth-for-${service}`),
                role: this.operator.role.name,
                policy: policyDocument({
                    Sid: "SeeDepth",
                    Effect: "Allow",
                    Action: "sqs:GetQueueAttributes",
                    Resource: queue.queueArn,
                }),
            },
            this.child,
        );
        const { region } = this.awsContext;
        return { url: queue.queueUrl, region, authentication: this.physicalIdentity };
    }

    /** KEDA may read secrets for its scalers; none of ours needs one, so it is kept from all of them. */
    private createRelease(): k8s.helm.v3.Release {
        return new k8s.helm.v3.Release(
            this.childName("release"),
            {
                name: chart.name,
                chart: chart.name,
                version: chart.version,
                repositoryOpts: { repo: chart.repository },
                namespace: place.namespace,
                createNamespace: true,
                atomic: true,
                values: {
                    watchNamespace: this.args.application.namespace,
                    serviceAccount: { operator: { name: place.serviceAccount } },
                    permissions: { operator: { restrict: { secret: true } } },
                },
            },
            this.object(this.operator),
        );
    }

    private createAuthentication(release: pulumi.Resource): pulumi.Resource {
        return new k8s.apiextensions.CustomResource(
            this.childName("authentication"),
            {
                apiVersion: "keda.sh/v1alpha1",
                kind: "TriggerAuthentication",
                metadata: { namespace: this.args.application.namespace, name: this.physicalIdentity },
                spec: { podIdentity: { provider: "aws" } },
            },
            this.object(release),
        );
    }

    private object(...others: pulumi.Resource[]): pulumi.CustomResourceOptions {
        const { cluster } = this.args;
        return { ...this.child, provider: cluster.kubernetes, dependsOn: [...cluster.ready, ...others] };
    }
}
