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
    /** The subnets of the load balancer: public, in two zones or more. */
    publicSubnetIds: pulumi.Input<string>[];
    /** Which service answers under which path; the longest path that fits wins. */
    routes: Route[];
    /** What must exist first: the Services of the routes. */
    dependsOn: pulumi.Resource[];
    /** Changes the arguments of any child, after the component has set them. You are responsible for the change; the policy pack still checks it. */
    transform?: {
        ingress?: Transform<k8s.networking.v1.IngressArgs>;
        webAcl?: Transform<aws.wafv2.WebAclArgs>;
    };
}

/** The raw resources of a {@link PublicIngress}. */
export interface PublicIngressNodes {
    ingress: k8s.networking.v1.Ingress;
    /** The certificate of ACM; undefined where the ARN of one was given. */
    certificate?: aws.acm.Certificate;
    /** The firewall; undefined for none. */
    webAcl?: aws.wafv2.WebAcl;
    /** The firewall's log; undefined for none. */
    webAclLogGroup?: aws.cloudwatch.LogGroup;
    /** The host's record; undefined where its zone is not Route 53's. */
    record?: aws.route53.Record;
}

/**
 * The platform's access from the internet: an Ingress, for which the AWS Load Balancer Controller makes an Application Load
 * Balancer; TLS with a certificate that renews itself, plain HTTP only redirected, and the host's record.
 *
 * The load balancer belongs to the Ingress: the controller deletes it with that, before its subnets go.
 */
export class PublicIngress extends Component {
    /** Where the platform is reached. */
    public readonly url: string;
    /** The load balancer's DNS name: the target of the host's record where its zone is not in Route 53. */
    public readonly loadBalancerHost: pulumi.Output<string>;
    /** The load balancer's name, which the component chooses. */
    public readonly loadBalancerName: string;
    public readonly certificateArn: pulumi.Output<string> | string;
    /** The firewall in front of it; undefined for none. */
    public readonly webAclArn: pulumi.Output<string> | undefined;
    /** The raw resources. */
    public readonly nodes: PublicIngressNodes;

    private readonly args: PublicIngressArgs;

    constructor(name: string, args: PublicIngressArgs, options?: pulumi.ComponentResourceOptions) {
        throwIfInvalid(`PublicIngress "${name}"`, ingressProblems(name, args));
        super("plinth:ingress:PublicIngress", name, args, options);
        this.args = args;
        this.loadBalancerName = this.physicalName(nameLimits.loadBalancer);

        const certificate = args.certificateArn ?? this.createCertificate();
        this.certificateArn = typeof certificate === "string" ? certificate : certificate.arn;
        const webAcl = args.waf && this.createWebAcl(args.waf);
        this.webAclArn = webAcl?.arn;
        const ingress = this.createIngress();
        this.loadBalancerHost = hostOf(ingress);
        const record = this.createRecord();
        this.nodes = {
            ...{ ingress, record },
            certificate: typeof certificate === "string" ? undefined : certificate.nodes.certificate,
            webAcl: webAcl?.nodes.webAcl,
            webAclLogGroup: webAcl?.nodes.logGroup,
        };
        this.url = `https://${args.host}`;
        this.registerOutputs({ url: this.url, loadBalancerHost: this.loadBalancerHost });
    }

    private createCertificate(): IngressCertificate {
        const { host, hostedZoneId = "" } = this.args;
        return new IngressCertificate(this.childName("tls"), { ...this.shared, host, hostedZoneId }, this.child);
    }

    private createWebAcl(waf: NonNullable<IngressSpec["waf"]>): WebAcl {
        const args = { ...waf, ...this.shared, transform: this.args.transform?.webAcl };
        return new WebAcl(this.childName("waf"), args, this.child);
    }

    private createIngress(): k8s.networking.v1.Ingress {
        const { cluster, namespace, publicSubnetIds, routes, host, dependsOn, transform } = this.args;
        const { Name: _, ...tags } = this.tags();
        const args: k8s.networking.v1.IngressArgs = {
            metadata: {
                namespace,
                name: this.physicalIdentity,
                annotations: ingressAnnotations(this.args, {
                    name: this.loadBalancerName,
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

    /** The controller matches the paths in their order, so the longer ones come first. */
    private paths(routes: Route[]) {
        return [...routes]
            .sort((one, other) => other.path.length - one.path.length)
            .map(({ path, service, port }) => ({
                path,
                pathType: "Prefix",
                backend: { service: { name: service, port: { number: port } } },
            }));
    }

    /** The VPC has IPv4 addresses only, so there is no AAAA record. */
    private createRecord(): aws.route53.Record | undefined {
        const { hostedZoneId, host } = this.args;
        if (hostedZoneId === undefined) return undefined;
        const zone = aws.lb.getHostedZoneIdOutput({ loadBalancerType: "application" }, this.child);
        return new aws.route53.Record(
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

/** Pulumi waits until the controller has written this into the status of the Ingress. */
function hostOf(ingress: k8s.networking.v1.Ingress): pulumi.Output<string> {
    return ingress.status.apply((status) => {
        const host = status?.loadBalancer?.ingress?.[0]?.hostname;
        if (host) return host;
        throw new pulumi.RunError("The Ingress has no load balancer: is the AWS Load Balancer Controller running?");
    });
}
