import * as aws from "@pulumi/aws";
import { ref } from "../stack";
import { type ForeignCases, later, made, on, together } from "./foreign";

const forward = [{ type: "forward", targetGroupArn: later }];
const redirect = (protocol: string | typeof later) => [
    { type: "redirect", redirect: { statusCode: "HTTP_301", protocol } },
];

export const loadBalancers: ForeignCases = {
    "listener-encrypted": together(
        on(aws.lb.Listener, {
            sound: [
                { port: 443, protocol: "HTTPS", defaultActions: forward },
                { port: 80, protocol: "HTTP", defaultActions: redirect("HTTPS") },
                { port: 80, protocol: "HTTP", defaultActions: [{ type: "fixed-response" }] },
                { port: 5432, protocol: "TCP", defaultActions: forward },
                { defaultActions: forward },
            ],
            bad: [
                [/it serves HTTP, and does not redirect/, { port: 80, protocol: "HTTP", defaultActions: forward }],
                [/it serves HTTP/, { port: 80, defaultActions: forward }],
                [/it serves HTTP/, { port: 80, protocol: "HTTP", defaultActions: redirect("HTTP") }],
            ],
            unproved: [
                [/protocol is not known yet/, { port: 80, protocol: later, defaultActions: forward }],
                [/redirect.protocol is not known/, { port: 80, protocol: "HTTP", defaultActions: redirect(later) }],
            ],
        }),
        on(aws.elb.LoadBalancer, {
            sound: [{ listeners: [{ lbPort: 443, lbProtocol: "https", instancePort: 80, instanceProtocol: "http" }] }],
            bad: [[/lbProtocol is http/, { listeners: [{ lbPort: 80, lbProtocol: "http" }] }]],
            unproved: [],
        }),
    ),
    "listener-tls-modern": on(aws.alb.Listener, {
        sound: [
            { protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
            { protocol: "TLS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" },
            { protocol: "HTTP" },
        ],
        bad: [
            [/sslPolicy is not set/, { protocol: "HTTPS" }],
            [/sslPolicy is not a policy for TLS 1.2/, { protocol: "TLS", sslPolicy: "ELBSecurityPolicy-2016-08" }],
        ],
        unproved: [[/sslPolicy is not known yet/, { protocol: "HTTPS", sslPolicy: later }]],
    }),
    "load-balancer-drops-invalid-headers": on(aws.lb.LoadBalancer, {
        sound: [{ dropInvalidHeaderFields: true }, { loadBalancerType: "network" }],
        bad: [[/dropInvalidHeaderFields is not set/, {}]],
        unproved: [[/dropInvalidHeaderFields is not known/, { dropInvalidHeaderFields: later }]],
    }),
    "load-balancer-deletion-protected": on(aws.lb.LoadBalancer, {
        sound: [{ enableDeletionProtection: true }],
        bad: [[/enableDeletionProtection is not set/, {}]],
        unproved: [[/enableDeletionProtection is not known/, { enableDeletionProtection: later }]],
    }),
    "load-balancer-access-logged": together(
        on(aws.lb.LoadBalancer, {
            sound: [{ accessLogs: { bucket: "logs", enabled: true } }],
            bad: [
                [/accessLogs.enabled is not set/, { accessLogs: { bucket: "logs" } }],
                [/accessLogs.enabled/, {}],
            ],
            unproved: [[/accessLogs.enabled is not known/, { accessLogs: { bucket: "logs", enabled: later } }]],
        }),
        on(aws.elb.LoadBalancer, {
            sound: [{ accessLogs: { bucket: "logs" } }],
            bad: [
                [/accessLogs is not set/, {}],
                [/enabled is false/, { accessLogs: { bucket: "logs", enabled: false } }],
            ],
            unproved: [],
        }),
    ),
    "load-balancer-behind-web-acl": {
        sound: [
            [
                made(aws.lb.LoadBalancer, "web", {}),
                made(aws.wafv2.WebAclAssociation, "acl", { resourceArn: ref("web", "arn") }),
            ],
            [made(aws.lb.LoadBalancer, "web", { internal: true })],
            [made(aws.lb.LoadBalancer, "web", { loadBalancerType: "network" })],
        ],
        bad: [[/it has no web ACL/, made(aws.lb.LoadBalancer, "web", {})]],
        unproved: [[/internal is not known yet/, made(aws.lb.LoadBalancer, "web", { internal: later })]],
    },
};
