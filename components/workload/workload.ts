import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { WorkloadIdentity } from "../cluster";
import { Component } from "../component";
import { nodesOf, portsOf } from "../kubernetes/dependencies";
import { hasIdentity, type NetworkPath, networkPaths } from "../kubernetes/network-path";
import { networkPolicySpec } from "../kubernetes/network-policy";
import { podLabels } from "../kubernetes/pod-labels";
import { PodSecurityGroup } from "../kubernetes/pod-security-group";
import { nameLimits } from "../naming";
import { policyDocument } from "../policy-document";
import { queueStatements } from "../queue";
import { transformed } from "../transform";
import { throwIfInvalid } from "../validation";
import type { WorkloadArgs, WorkloadNodes } from "./args";
import { autoscalerSpec, scaledObjectSpec } from "./autoscaling";
import { deploymentSpec } from "./deployment";
import { onlyQueue, reachedQueues, scalingProblems } from "./queue-use";
import { reachProblems } from "./reach-rules";
import { workloadProblems } from "./rules";

/**
 * A service in the cluster: a Deployment that is rolled out without a gap, scaled, spread over zones and kept available
 * while nodes are removed, with an AWS role and network access for exactly what it declares that it reaches.
 */
export class Workload extends Component {
    /** Its name in the cluster, which its Service has too. */
    public readonly service: string;
    /** The port that it serves; undefined for none. */
    public readonly port: number | undefined;
    /** The connections that are allowed to and from its pods. */
    public readonly networkPaths: readonly NetworkPath[];
    /** What must exist before it can get requests. */
    public readonly ready: pulumi.Resource[];
    /** The raw resources. */
    public readonly nodes: WorkloadNodes;

    private readonly args: WorkloadArgs;
    /** The security group of its pods; undefined where they are in their nodes'. */
    private readonly securityGroup: PodSecurityGroup | undefined;

    constructor(name: string, args: WorkloadArgs, options?: pulumi.ComponentResourceOptions) {
        throwIfInvalid(`Workload "${name}"`, [
            ...workloadProblems(name, args),
            ...reachProblems(name, args, {
                database: args.database !== undefined,
                cache: args.cache !== undefined,
                queues: Object.keys(args.queues),
                services: args.called,
            }),
            ...scalingProblems(name, args),
        ]);
        super("plinth:workload:Workload", name, args, options);
        this.args = args;
        this.service = name;
        this.port = args.port;
        this.networkPaths = networkPaths(args, {
            cidrs: args.network.cidrs,
            exposed: args.exposed,
            callers: args.callers,
            called: args.called,
            dataPorts: { database: portsOf(args.database), cache: portsOf(args.cache) },
        });

        const serviceAccount = this.createServiceAccount();
        const identity = this.createIdentity();
        const networkPolicy = this.createNetworkPolicy();
        this.securityGroup = this.createSecurityGroup();
        this.connectToDataStores();
        const first = [serviceAccount, networkPolicy, identity, this.securityGroup?.nodes.policy];
        const deployment = this.createDeployment(first.filter((one) => one !== undefined));
        const service = this.createService();
        const disruptionBudget = this.createDisruptionBudget();
        this.nodes = {
            ...{ deployment, serviceAccount, networkPolicy, disruptionBudget, service },
            ...this.scale(deployment),
            role: identity?.role,
            securityGroup: this.securityGroup?.nodes.securityGroup,
        };
        this.ready = service ? [deployment, service] : [deployment];
        this.registerOutputs({ service: this.service, port: this.port, roleArn: identity?.role.arn });
    }

    /** Lets its pods through the security groups to another service's. The network policies know of it already. */
    connectTo(other: Workload): void {
        if (other.port === undefined) return;
        this.securityGroup?.connectTo(other.service, other.port, other.securityGroup);
    }

    private createServiceAccount(): k8s.core.v1.ServiceAccount {
        const args = { metadata: this.metadata(), automountServiceAccountToken: false };
        return new k8s.core.v1.ServiceAccount(this.childName("service-account"), args, this.object());
    }

    /** A role only for services that use AWS: the others have no permissions there. */
    private createIdentity(): WorkloadIdentity | undefined {
        const { cluster, application } = this.args;
        if (!hasIdentity(this.args)) return undefined;
        const identity = cluster.identity(this.service, {
            namespace: application.namespace,
            serviceAccount: this.service,
        });
        this.grantQueues(identity);
        return identity;
    }

    /** One policy for all queues: a role's policies have room for few characters. */
    private grantQueues({ role }: WorkloadIdentity): void {
        const statements = queueStatements(this.service, reachedQueues(this.args), this.awsContext);
        if (statements.length === 0) return;
        const name = this.physicalName(nameLimits.rolePolicy, "queues");
        const policy = { name, role: role.name, policy: policyDocument(...statements) };
        new aws.iam.RolePolicy(this.childName("queues"), policy, this.child);
    }

    private createNetworkPolicy(): k8s.networking.v1.NetworkPolicy {
        const args: k8s.networking.v1.NetworkPolicyArgs = {
            metadata: this.metadata(),
            spec: networkPolicySpec(this.service, this.networkPaths),
        };
        return new k8s.networking.v1.NetworkPolicy(
            this.childName("network-policy"),
            transformed(this.args.transform?.networkPolicy, args),
            this.object(),
        );
    }

    private createSecurityGroup(): PodSecurityGroup | undefined {
        const { cluster, network, database, cache, reaches, port, application } = this.args;
        if (!cluster.podSecurityGroups || !(reaches.database || reaches.cache)) return undefined;
        return new PodSecurityGroup(
            this.childName("security-group"),
            {
                ...this.shared,
                service: this.service,
                namespace: application.namespace,
                ...{ cluster, network, port, paths: this.networkPaths, dataStores: { database, cache } },
                dependsOn: this.before,
            },
            this.child,
        );
    }

    private connectToDataStores(): void {
        const { cluster, database, cache, reaches } = this.args;
        const client = this.securityGroup
            ? { name: this.service, securityGroupId: this.securityGroup.securityGroupId }
            : nodesOf(cluster);
        if (reaches.database) database?.allowFrom(client);
        if (reaches.cache) cache?.allowFrom(client);
    }

    /** `first` is what must exist before the pods start. */
    private createDeployment(first: pulumi.Resource[]): k8s.apps.v1.Deployment {
        const { configMapName, secretConfigurationName, configurationVersion } = this.args.application;
        const dependencies = {
            ...{ service: this.service, serviceAccount: this.service, configurationVersion },
            ...{ configMap: configMapName, secretConfiguration: secretConfigurationName },
            queueUrl: onlyQueue(this.args)?.queueUrl,
            imagePullSecrets: this.args.application.imagePullSecrets,
        };
        const args: k8s.apps.v1.DeploymentArgs = {
            metadata: this.metadata(),
            spec: deploymentSpec(this.args, dependencies),
        };
        return new k8s.apps.v1.Deployment(
            this.childName("deployment"),
            transformed(this.args.transform?.deployment, args),
            this.object(...first),
        );
    }

    private createService(): k8s.core.v1.Service | undefined {
        const { port, exposed, probes, transform } = this.args;
        if (port === undefined) return undefined;
        const args: k8s.core.v1.ServiceArgs = {
            metadata: {
                ...this.metadata(),
                // The path of the load balancer's health check.
                ...(exposed && { annotations: { "alb.ingress.kubernetes.io/healthcheck-path": probes.path } }),
            },
            spec: {
                type: "ClusterIP",
                selector: podLabels(this.service),
                ports: [{ name: "http", port, targetPort: port, protocol: "TCP" }],
            },
        };
        return new k8s.core.v1.Service(this.childName("service"), transformed(transform?.service, args), this.object());
    }

    /** Draining a node evicts one pod at a time, and does not wait for a pod that is not healthy. */
    private createDisruptionBudget(): k8s.policy.v1.PodDisruptionBudget {
        return new k8s.policy.v1.PodDisruptionBudget(
            this.childName("disruption-budget"),
            {
                metadata: this.metadata(),
                spec: {
                    maxUnavailable: 1,
                    unhealthyPodEvictionPolicy: "AlwaysAllow",
                    selector: { matchLabels: podLabels(this.service) },
                },
            },
            this.object(),
        );
    }

    private scale(deployment: k8s.apps.v1.Deployment): Pick<WorkloadNodes, "autoscaler" | "scaledObject"> {
        const { scaling, replicas, queueScaling, queues } = this.args;
        const depth = scaling.queueDepth;
        const queue = depth && queues[depth.queue];
        if (!depth || !queue || !queueScaling) {
            const args = { metadata: this.metadata(), spec: autoscalerSpec(this.service, replicas, scaling) };
            return {
                autoscaler: new k8s.autoscaling.v2.HorizontalPodAutoscaler(
                    this.childName("autoscaler"),
                    args,
                    this.object(deployment),
                ),
            };
        }
        const scaled = queueScaling.watch(this.service, queue);
        const scaledObject = new k8s.apiextensions.CustomResource(
            this.childName("scaled-object"),
            {
                apiVersion: "keda.sh/v1alpha1",
                kind: "ScaledObject",
                metadata: this.metadata(),
                spec: scaledObjectSpec(this.service, replicas, scaling, depth, scaled),
            },
            this.object(deployment, ...queueScaling.ready),
        );
        return { scaledObject };
    }

    private metadata() {
        return {
            namespace: this.args.application.namespace,
            name: this.service,
            labels: { ...podLabels(this.service), "app.kubernetes.io/managed-by": "pulumi" },
        };
    }

    /** What must have happened before anything of it changes: after a failed migration nothing changes. */
    private get before(): pulumi.Resource[] {
        return [...this.args.cluster.ready, ...this.args.application.ready, this.args.logGroup];
    }

    /** Options of an object in the cluster that comes after `others`. */
    private object(...others: pulumi.Resource[]): pulumi.CustomResourceOptions {
        return { ...this.child, provider: this.args.cluster.kubernetes, dependsOn: [...this.before, ...others] };
    }
}
