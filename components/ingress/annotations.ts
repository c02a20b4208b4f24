import * as pulumi from "@pulumi/pulumi";
import type { IngressSpec } from "./spec";

/** What the load balancer needs from other resources. */
export interface LoadBalancerDependencies {
    /** Its name in AWS. */
    name: string;
    certificateArn: pulumi.Input<string>;
    /** Two or more, in different zones. */
    publicSubnetIds: pulumi.Input<string>[];
    /** The firewall in front of it; undefined for none. */
    webAclArn?: pulumi.Input<string>;
    /** Whether AWS is to refuse to delete it. */
    protect: boolean;
    tags: Record<string, string>;
}

/**
 * What tells the AWS Load Balancer Controller which load balancer to make for an Ingress.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
 */
export function ingressAnnotations(
    spec: IngressSpec,
    dependencies: LoadBalancerDependencies,
): Record<string, pulumi.Input<string>> {
    const annotations: Record<string, pulumi.Input<string> | undefined> = {
        "load-balancer-name": dependencies.name,
        scheme: "internet-facing",
        "ip-address-type": "ipv4",
        // Straight to the pods: nodes need no open ports, and network policies see where requests come from.
        "target-type": "ip",
        subnets: pulumi.all(dependencies.publicSubnetIds).apply((ids) => ids.join(",")),
        "inbound-cidrs": spec.inboundCidrs.join(","),
        "listen-ports": JSON.stringify([{ HTTP: 80 }, { HTTPS: 443 }]),
        "ssl-redirect": "443",
        "ssl-policy": spec.tlsPolicy,
        "certificate-arn": dependencies.certificateArn,
        "wafv2-acl-arn": dependencies.webAclArn,
        "load-balancer-attributes": pairs({
            "routing.http.drop_invalid_header_fields.enabled": "true",
            "deletion_protection.enabled": String(dependencies.protect),
            "idle_timeout.timeout_seconds": String(spec.idleTimeoutSeconds),
            ...(spec.accessLogBucket !== undefined && {
                "access_logs.s3.enabled": "true",
                "access_logs.s3.bucket": spec.accessLogBucket,
                "access_logs.s3.prefix": dependencies.name,
            }),
        }),
        // A pod that goes is drained for longer than it goes on serving.
        "target-group-attributes": pairs({ "deregistration_delay.timeout_seconds": "30" }),
        tags: pairs(dependencies.tags),
    };
    return Object.fromEntries(
        Object.entries(annotations).flatMap(([key, value]) =>
            value === undefined ? [] : [[`alb.ingress.kubernetes.io/${key}`, value]],
        ),
    );
}

function pairs(values: Record<string, string>): string {
    return Object.entries(values)
        .map(([key, value]) => `${key}=${value}`)
        .join(",");
}
