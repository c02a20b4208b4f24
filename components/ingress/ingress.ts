import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { WorkloadCluster } from "../cluster";
import { Component, type ComponentArgs } from "../component";
import { nameLimits } from "../naming";
import { type Transform, transformed } from "../transform";
import { throwIfInvalid } from "../validation";
import { ingressAnnotations } from "./annotations";
import { IngressCertificate } from "./certificate";
import { ingressProblems } from "./rules";
import type { IngressSpec } from "./spec";
import { WebAcl } from "./web-acl";

/** Which service answers under a path. */
export interface Route {
    path: string;
    service: string;
    port: number;
}

export interface PublicIngressArgs extends IngressSpec, ComponentArgs {
    cluster: WorkloadCluster;
    namespace: pulumi.Input<string>;
    /** Where the load balancer stands: public subnets of two zones or more. */
    publicSubnetIds: pulumi.Input<string>[];
    /** Which service answers under which path; the longest path that fits wins. */
    routes: Route[];
    /** What must exist first: the Services of the routes. */
    dependsOn: pulumi.Resource[];
    /** Last word on any child's arguments. A change here is yours to answer for; the policy pack still judges it. */
    transform?: {
        ingress?: Transform<k8s.networking.v1.IngressArgs>;
        webAcl?: Transform<aws.wafv2.WebAclArgs>;
    };
}

/**
 * The platform's way in from the internet: an Ingress, for which the AWS Load Balancer Controller makes an Application Load
 * Balancer; TLS with a certificate that renews itself, plain HTTP only redirected, and the host's record.
 *
 * The load balancer belongs to the Ingress: the controller deletes it with that, before its subnets go.
 */
export class PublicIngress extends Component {
    /** Where the platform is reached. */
    public readonly url: string;
    /** The load balancer's own name in DNS: what the host's record has to lead to where its zone is not Route 53's. */
    public readonly loadBalancerHost: pulumi.Output<string>;
    public readonly certificateArn: pulumi.Output<string> | string;
    /** The firewall in front of it; undefined for none. */
    public readonly webAclArn: pulumi.Output<string> | undefined;

    private readonly args: PublicIngressArgs;

    constructor(name: string, args: PublicIngressArgs, options?: pulumi.ComponentResourceOptions) {
        throwIfInvalid(`PublicIngress "${name}"`, ingressProblems(name, args));
        super("plinth:ingress:PublicIngress", name, args, options);
        this.args = args;

        this.certificateArn = args.certificateArn ?? this.createCertificate();
        this.webAclArn = args.waf && this.createWebAcl(args.waf);
        this.loadBalancerHost = hostOf(this.createIngress());
        this.createRecord();
        this.url = `https://${args.host}`;
        this.registerOutputs({ url: this.url, loadBalancerHost: this.loadBalancerHost });
    }

    private createCertificate(): pulumi.Output<string> {
        const { host, hostedZoneId = "" } = this.args;
        return new IngressCertificate(this.childName("tls"), { ...this.shared, host, hostedZoneId }, this.child).arn;
    }

    private createWebAcl(waf: NonNullable<IngressSpec["waf"]>): pulumi.Output<string> {
        const args = { ...waf, ...this.shared, transform: this.args.transform?.webAcl };
        return new WebAcl(this.childName("waf"), args, this.child).arn;
    }

    private createIngress(): k8s.networking.v1.Ingress {
        const { cluster, namespace, publicSubnetIds, routes, host, dependsOn, transform } = this.args;
        const { Name: _, ...tags } = this.tags();
        const args: k8s.networking.v1.IngressArgs = {
            metadata: {
                namespace,
                name: this.physicalIdentity,
                annotations: ingressAnnotations(this.args, {
                    name: this.physicalName(nameLimits.loadBalancer),
                    certificateArn: this.certificateArn,
                    publicSubnetIds,
                    webAclArn: this.webAclArn,
                    protect: this.platform.protect,
                    tags,
                }),
            },
            spec: {
                ingressClassName: "alb",
                rules: [{ host, http: { paths: this.paths(routes) } }],
            },
        };
        return new k8s.networking.v1.Ingress(this.childName("ingress"), transformed(transform?.ingress, args), {
            ...this.child,
            provider: cluster.kubernetes,
            dependsOn: [...cluster.ready, ...dependsOn],
        });
    }

    /** The controller takes the paths in their order, so the longer ones come first. */
    private paths(routes: Route[]) {
        return [...routes]
            .sort((one, other) => other.path.length - one.path.length)
            .map(({ path, service, port }) => ({
                path,
                pathType: "Prefix",
                backend: { service: { name: service, port: { number: port } } },
            }));
    }

    /** The VPC has IPv4 addresses only, so there is no AAAA record to make. */
    private createRecord(): void {
        const { hostedZoneId, host } = this.args;
        if (hostedZoneId === undefined) return;
        const zone = aws.lb.getHostedZoneIdOutput({ loadBalancerType: "application" }, this.child);
        new aws.route53.Record(
            this.childName("record"),
            {
                zoneId: hostedZoneId,
                name: host,
                type: "A",
                aliases: [{ name: this.loadBalancerHost, zoneId: zone.id, evaluateTargetHealth: true }],
            },
            this.child,
        );
    }
}

/** Pulumi waits for an Ingress until its controller has said this. */
function hostOf(ingress: k8s.networking.v1.Ingress): pulumi.Output<string> {
    return ingress.status.apply((status) => {
        const host = status?.loadBalancer?.ingress?.[0]?.hostname;
        if (host) return host;
        throw new pulumi.RunError("The Ingress has no load balancer: is the AWS Load Balancer Controller running?");
    });
}
