import { types } from "../graph/types";
import { ingressTypes } from "../rules/ingress";
import type { Declared } from "./stack";
import { ref } from "./stack";

/** The annotations of an Ingress as the program makes it, after a change. */
export const annotated = (change: Record<string, unknown> = {}) => {
    const annotations = {
        scheme: "internet-facing",
        "target-type": "ip",
        "inbound-cidrs": "0.0.0.0/0",
        "listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
        "ssl-redirect": "443",
        "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        "certificate-arn": ref("ingress-certificate", "arn"),
        "wafv2-acl-arn": ref("ingress-acl", "arn"),
        "load-balancer-attributes":
            "routing.http.drop_invalid_header_fields.enabled=true,idle_timeout.timeout_seconds=60",
        ...change,
    };
    const given = Object.entries(annotations).filter(([, value]) => value !== undefined);
    return {
        metadata: {
            name: "ingress",
            annotations: Object.fromEntries(given.map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value])),
        },
    };
};

/** The way in from the internet, in small. */
export const ingress: readonly Declared[] = [
    {
        type: ingressTypes.certificate,
        name: "ingress-certificate",
        props: { domainName: "shop.example.com", validationMethod: "DNS" },
    },
    { type: ingressTypes.webAcl, name: "ingress-acl", props: { scope: "REGIONAL" } },
    {
        type: types.logGroup,
        name: "ingress-acl-log",
        props: { name: "aws-waf-logs-plinth-dev-ingress", kmsKeyId: ref("ingress-key", "arn") },
    },
    {
        type: ingressTypes.webAclLogging,
        name: "ingress-acl-logging",
        props: { resourceArn: ref("ingress-acl", "arn"), logDestinationConfigs: [ref("ingress-acl-log", "arn")] },
    },
    {
        type: ingressTypes.service,
        name: "app-backend-service",
        props: { spec: { type: "ClusterIP", ports: [{ port: 8080 }] } },
    },
    {
        type: ingressTypes.ingress,
        name: "ingress",
        props: { ...annotated(), spec: { ingressClassName: "alb", rules: [{ host: "shop.example.com" }] } },
    },
];
