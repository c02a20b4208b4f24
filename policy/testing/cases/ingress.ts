import { patch, set, without } from "../platform";
import { always, atFirst, type Cases, type Mutation, something } from "./case";

const change = (annotations: Record<string, unknown>) =>
    patch("ingress-ingress", {
        metadata: {
            annotations: Object.fromEntries(
                Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]),
            ),
        },
    });
const spec = (given: unknown) => set("ingress-ingress", { spec: given });
const tls = (what: string, annotations: Record<string, unknown>, says: RegExp): Mutation => ({
    ...{ rule: "ingress-tls-only", what, change: change(annotations), says },
});
const exposed = (what: string, how: Mutation["change"], says: RegExp): Mutation => ({
    ...{ rule: "ingress-exposure-stated", what, change: how, says },
});

export const ingress: Cases = {
    mutations: [
        tls("no certificate", { "certificate-arn": undefined }, /certificate-arn is not set/),
        tls(
            "a policy for TLS 1.0",
            { "ssl-policy": "ELBSecurityPolicy-2016-08" },
            /ssl-policy is not a policy for TLS 1\.2/,
        ),
        tls("AWS's default policy", { "ssl-policy": undefined }, /ssl-policy is not set/),
        tls("plain HTTP alone", { "listen-ports": '[{"HTTP":80}]' }, /listen-ports has no HTTPS/),
        tls("plain HTTP without a redirect", { "ssl-redirect": undefined }, /ssl-redirect is not set/),
        tls("ports that can't be read", { "listen-ports": "443" }, /listen-ports is not a list/),
        tls("ports left to the certificate", { "listen-ports": undefined }, /listen-ports is not set/),
        {
            rule: "ingress-drops-invalid-headers",
            what: "attributes without it",
            change: change({ "load-balancer-attributes": "idle_timeout.timeout_seconds=60" }),
            says: /does not drop invalid headers/,
        },
        exposed("no scheme", change({ scheme: undefined }), /scheme is not set/),
        exposed("no clients", change({ "inbound-cidrs": undefined }), /inbound-cidrs is not set/),
        exposed("ports of the nodes", change({ "target-type": "instance" }), /target-type is not ip/),
        exposed("no host", spec({ rules: [{ http: { paths: [] } }] }), /a rule without a host accepts every host/),
        exposed("no rules", spec({ rules: [] }), /it has no rules/),
        exposed(
            "a default backend",
            spec({ rules: [{ host: "shop.example.com" }], defaultBackend: { service: { name: "backend" } } }),
            /defaultBackend accepts every host/,
        ),
        ...["LoadBalancer", "NodePort"].map(
            (type): Mutation => ({
                rule: "service-not-exposed",
                what: `the type ${type}`,
                change: set("backend-service", { spec: { type } }),
                says: new RegExp(`spec.type is ${type}`),
            }),
        ),
        {
            rule: "service-not-exposed",
            what: "an external IP address",
            change: set("backend-service", { spec: { externalIPs: ["203.0.113.7"] } }),
            says: /spec.externalIPs is set/,
        },
        {
            rule: "certificate-sound",
            what: "a short key",
            change: set("ingress-tls-certificate", { keyAlgorithm: "RSA_1024" }),
            says: /keyAlgorithm is RSA_1024/,
        },
        {
            rule: "certificate-sound",
            what: "no transparency log",
            change: set("ingress-tls-certificate", {
                options: { certificateTransparencyLoggingPreference: "DISABLED" },
            }),
            says: /certificateTransparencyLoggingPreference is DISABLED/,
        },
        {
            rule: "web-acl-logged",
            what: "no log",
            change: without("ingress-waf-logging"),
            says: /^ingress-waf-acl: it has no log/,
        },
    ],
    unproved: [
        {
            rule: "ingress-tls-only",
            what: "listeners not known yet",
            change: change({ "listen-ports": something }),
            says: /listen-ports is not known yet/,
            modes: atFirst,
        },
        {
            rule: "ingress-drops-invalid-headers",
            what: "attributes not known yet",
            change: change({ "load-balancer-attributes": something }),
            says: /load-balancer-attributes is not known yet/,
            modes: atFirst,
        },
        {
            rule: "ingress-exposure-stated",
            what: "a host not known yet",
            change: spec({ rules: [{ host: something }] }),
            says: /the host of a rule is not known yet/,
            modes: atFirst,
        },
        {
            rule: "service-not-exposed",
            what: "a type not known yet",
            change: set("backend-service", { spec: { type: something } }),
            says: /spec is not known yet/,
            modes: atFirst,
        },
        {
            rule: "certificate-sound",
            what: "a key not known yet",
            change: set("ingress-tls-certificate", { keyAlgorithm: something }),
            says: /keyAlgorithm is not known yet/,
            modes: atFirst,
        },
        {
            rule: "web-acl-logged",
            what: "a destination outside the stack",
            change: set("ingress-waf-logging", {
                logDestinationConfigs: [
                    "arn:aws:firehose:eu-west-1:111122223333:deliverystream/aws-waf-logs-elsewhere",
                ],
            }),
            says: /ingress-waf-logging → log groups that are not resources of this stack \(1 in logDestinationConfigs\)/,
            modes: always,
        },
    ],
};
