import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { WorkloadCluster } from "../cluster";
import { Component, type ComponentArgs } from "../component";
import { nameLimits } from "../naming";
import { type DataStore, nodesOf, type WorkloadNetwork } from "./dependencies";
import type { NetworkPath, Peer } from "./network-path";
import { podLabels } from "./pod-labels";

export interface PodSecurityGroupArgs extends ComponentArgs {
    /** The service whose pods are in the group. */
    service: string;
    namespace: pulumi.Input<string>;
    cluster: WorkloadCluster;
    network: WorkloadNetwork;
    /** The port that the pods serve; undefined for none. */
    port?: number;
    /** What is open to and from the pods. */
    paths: readonly NetworkPath[];
    dataStores: { database?: DataStore; cache?: DataStore };
    /** What must exist before the pods can be put into the group. */
    dependsOn: pulumi.Resource[];
}

type Ports = NetworkPath["ports"][number];

/**
 * A security group for the pods of one service, so that a data store can admit these pods and not their whole node.
 * The rules for the load balancer are made by its controller.
 *
 * It works as long as the VPC CNI has `ENABLE_POD_ENI: true` and `POD_SECURITY_GROUP_ENFORCING_MODE: standard`: in the mode
 * `strict` such pods reach neither the Pod Identity agent nor what network policies open to them.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html
 * @see https://github.com/aws/amazon-vpc-resource-controller-k8s/issues/618
 */
export class PodSecurityGroup extends Component {
    public readonly securityGroupId: pulumi.Output<string>;
    /** The raw resources. The policy puts the pods into the group, so it must exist before they do. */
    public readonly nodes: { securityGroup: aws.ec2.SecurityGroup; policy: k8s.apiextensions.CustomResource };

    private readonly args: PodSecurityGroupArgs;

    constructor(name: string, args: PodSecurityGroupArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:kubernetes:PodSecurityGroup", name, args, options);
        this.args = args;
        const group = new aws.ec2.SecurityGroup(
            this.childName("group"),
            {
                name: this.physicalName(nameLimits.securityGroup, "pods"),
                description: "Pods of one service",
                vpcId: args.network.vpcId,
                tags: this.tags("pods"),
            },
            this.child,
        );
        this.securityGroupId = group.id;
        this.openPaths();
        this.nodes = { securityGroup: group, policy: this.createPolicy() };
        this.registerOutputs({ securityGroupId: this.securityGroupId });
    }

    /** Lets the pods connect to those of another service, in a group of their own or in their nodes'. */
    connectTo(service: string, port: number, other?: PodSecurityGroup): void {
        const peer = other?.securityGroupId ?? this.args.cluster.nodeSecurityGroupId;
        const ports: Ports = { protocol: "TCP", port };
        this.egress(`to-${service}`, ports, { referencedSecurityGroupId: peer });
        this.ingress(`at-${service}`, peer, ports, this.securityGroupId);
    }

    private openPaths(): void {
        const { port, cluster, paths } = this.args;
        const nodes = cluster.nodeSecurityGroupId;
        // Probes come from the nodes, and so do the pods of services without a group of their own.
        if (port !== undefined) {
            this.ingress("from-nodes", this.securityGroupId, { protocol: "TCP", port }, nodes);
        }
        for (const { direction, peer, ports } of paths) {
            if (direction === "out") for (const one of ports) this.openTo(peer, one);
        }
    }

    private openTo(peer: Peer, ports: Ports): void {
        switch (peer.is) {
            case "dns": {
                const part = `dns-${ports.protocol.toLowerCase()}`;
                const nodes = this.args.cluster.nodeSecurityGroupId;
                this.egress(part, ports, { referencedSecurityGroupId: nodes });
                this.ingress(part, nodes, ports, this.securityGroupId);
                break;
            }
            case "database":
            case "cache": {
                const { accessPoints = [] } = this.args.dataStores[peer.is] ?? {};
                for (const { part, port, securityGroupId } of accessPoints) {
                    if (port !== ports.port) continue;
                    const name = part === undefined ? peer.is : `${peer.is}-${part}`;
                    this.egress(name, ports, { referencedSecurityGroupId: securityGroupId });
                }
                break;
            }
            case "endpoints":
                for (const [index, cidrIpv4] of peer.cidrs.entries()) {
                    this.egress(`endpoints-${index}`, ports, { cidrIpv4 });
                }
                break;
            case "internet":
                this.egress("internet", ports, { cidrIpv4: "0.0.0.0/0" });
                break;
            // The agent is on the node itself, before any security group; other services come by connectTo.
            default:
        }
    }

    private createPolicy(): k8s.apiextensions.CustomResource {
        const { namespace, service, cluster, dependsOn } = this.args;
        return new k8s.apiextensions.CustomResource(
            this.childName("policy"),
            {
                apiVersion: "vpcresources.k8s.aws/v1beta1",
                kind: "SecurityGroupPolicy",
                metadata: { namespace, name: service },
                spec: {
                    podSelector: { matchLabels: podLabels(service) },
                    securityGroups: { groupIds: [this.securityGroupId] },
                },
            },
            { ...this.child, provider: cluster.kubernetes, dependsOn },
        );
    }

    private egress(
        part: string,
        ports: Ports,
        peer: Pick<aws.vpc.SecurityGroupEgressRuleArgs, "referencedSecurityGroupId" | "cidrIpv4">,
    ): void {
        new aws.vpc.SecurityGroupEgressRule(
            this.childName(`${part}-egress`),
            { securityGroupId: this.securityGroupId, ...peer, ...this.rule(part, ports) },
            this.child,
        );
    }

    private ingress(part: string, of: pulumi.Input<string>, ports: Ports, from: pulumi.Input<string>): void {
        new aws.vpc.SecurityGroupIngressRule(
            this.childName(`${part}-ingress`),
            { securityGroupId: of, referencedSecurityGroupId: from, ...this.rule(part, ports) },
            this.child,
        );
    }

    private rule(part: string, { protocol, port }: Ports) {
        return {
            ipProtocol: protocol.toLowerCase(),
            fromPort: port,
            toPort: port,
            description: `${part} for the pods of ${this.args.service}`,
            tags: this.tags(part),
        };
    }
}

/**
 * Lets the pods of a service connect to its data stores: with a security group of their own, or, where nodes do not support that,
 * with their nodes'. Returns what must exist before the pods.
 */
export function connectPods(
    name: string,
    args: PodSecurityGroupArgs,
    options: pulumi.ComponentResourceOptions,
): pulumi.Resource[] {
    const stores = Object.values(args.dataStores);
    if (!args.cluster.podSecurityGroups) {
        for (const store of stores) store?.allowFrom(nodesOf(args.cluster));
        return [];
    }
    const group = new PodSecurityGroup(name, args, options);
    for (const store of stores) store?.allowFrom({ name: args.service, securityGroupId: group.securityGroupId });
    return [group.nodes.policy];
}
