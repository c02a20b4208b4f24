import type { View } from "../graph/graph";
import { field, type Reading, text } from "../graph/reading";
import { judgeReferences } from "../graph/references";
import { types } from "../graph/types";
import type { Rule } from "../rule";
import { all, satisfied, through, unknown, type Verdict, violated } from "../verdict";
import { mustNotBe } from "./checks";
import { kubernetesTypes, listOf, within, withPatches } from "./kubernetes-objects";

/**
 * Policies of load balancers that take TLS 1.2 and later only.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export const modernTls = /^ELBSecurityPolicy-(TLS13-1-[23]-|TLS-1-2-2017-01$|TLS-1-2-Ext-2018-06$|FS-1-2-)/;

const prefix = "alb.ingress.kubernetes.io/";
const annotation = (ingress: View, key: string): Reading =>
    field(field(ingress.read("metadata"), "annotations"), `${prefix}${key}`);

/** An annotation must be stated, and be as `test` says. */
function annotated(ingress: View, key: string, test: (value: string) => boolean, fault: string): Verdict {
    const reading = annotation(ingress, key);
    if (reading.is === "unknown") return unknown(`${key} is not known yet`);
    const value = text(reading);
    if (value === undefined) return violated(`${key} is not set`);
    return test(value) ? satisfied : violated(`${key} ${fault}`);
}

const ingressTlsOnly: Rule = {
    id: "ingress-tls-only",
    title: "Ingresses serve TLS 1.2 or later, and redirect plain HTTP",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["ELB.1", "ELB.17"], checkov: ["CKV_AWS_2", "CKV_AWS_103"] },
    remedy:
        `Annotate it with ${prefix}certificate-arn, an ${prefix}ssl-policy such as ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09, ` +
        `listen-ports with HTTPS, and ${prefix}ssl-redirect if HTTP is listed too.`,
    judges: "inputs",
    appliesTo: [kubernetesTypes.ingress],
    judge: (ingress) =>
        all([
            judgeCertificate(ingress),
            annotated(
                ingress,
                "ssl-policy",
                (policy) => modernTls.test(policy),
                "is not a policy for TLS 1.2 or later",
            ),
            judgeListeners(ingress),
        ]),
};

/**
 * An unknown certificate comes from a resource and is accepted: without a valid certificate the controller creates no
 * listener for the HTTPS in `listen-ports`, and nothing is served.
 */
function judgeCertificate(ingress: View): Verdict {
    if (annotation(ingress, "certificate-arn").is === "unknown") return satisfied;
    return annotated(ingress, "certificate-arn", () => true, "");
}

function judgeListeners(ingress: View): Verdict {
    const reading = annotation(ingress, "listen-ports");
    if (reading.is === "unknown") return unknown("listen-ports is not known yet");
    const source = text(reading);
    if (source === undefined) return violated("listen-ports is not set");
    const protocols = protocolsOf(source);
    if (!protocols) return violated("listen-ports is not a list of ports");
    if (!protocols.includes("HTTPS")) return violated("listen-ports has no HTTPS");
    if (!protocols.includes("HTTP")) return satisfied;
    return annotated(ingress, "ssl-redirect", (port) => /^\d+$/.test(port), "is not a port number");
}

function protocolsOf(source: string): string[] | undefined {
    try {
        const ports: unknown = JSON.parse(source);
        return Array.isArray(ports) ? ports.flatMap((port: object) => Object.keys(port)) : undefined;
    } catch {
        return undefined;
    }
}

const ingressDropsInvalidHeaders: Rule = {
    id: "ingress-drops-invalid-headers",
    title: "Ingresses drop invalid HTTP headers",
    severity: "medium",
    enforcement: "mandatory",
    controls: { securityHub: ["ELB.4"], checkov: ["CKV_AWS_131"] },
    remedy: `Put routing.http.drop_invalid_header_fields.enabled=true into ${prefix}load-balancer-attributes.`,
    judges: "inputs",
    appliesTo: [kubernetesTypes.ingress],
    judge: (ingress) =>
        annotated(
            ingress,
            "load-balancer-attributes",
            (attributes) => attributes.split(",").includes("routing.http.drop_invalid_header_fields.enabled=true"),
            "does not drop invalid headers",
        ),
};

const ingressExposureStated: Rule = {
    id: "ingress-exposure-stated",
    title: "Ingresses state their scheme, their clients and their hosts",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy:
        `Set ${prefix}scheme (internal, or internet-facing on purpose), ${prefix}inbound-cidrs and the host of every ` +
        "rule, leave out defaultBackend, and set target-type to ip.",
    judges: "inputs",
    appliesTo: [kubernetesTypes.ingress],
    judge: (ingress) =>
        all([
            annotated(
                ingress,
                "scheme",
                (word) => ["internal", "internet-facing"].includes(word),
                "is neither internal nor internet-facing",
            ),
            annotated(ingress, "inbound-cidrs", () => true, ""),
            annotated(ingress, "target-type", (word) => word === "ip", "is not ip, so ports of the nodes are open"),
            judgeHosts(ingress),
        ]),
};

function judgeHosts(ingress: View): Verdict {
    const spec = ingress.read("spec");
    const rules = listOf(spec, "rules");
    if (spec.is === "unknown" || !rules) return unknown("its rules are not known yet");
    if (field(spec, "defaultBackend").is !== "absent") return violated("defaultBackend accepts every host");
    if (rules.length === 0) return violated("it has no rules");
    return all(
        rules.map((rule) => {
            const host = field(rule, "host");
            if (host.is === "unknown") return unknown("the host of a rule is not known yet");
            return host.is === "absent" ? violated("a rule without a host accepts every host") : satisfied;
        }),
    );
}

/** https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#lb-scheme */
const schemeAnnotation = "service.beta.kubernetes.io/aws-load-balancer-scheme";

/** A load balancer in the network's own subnets is not exposed to the internet. */
function judgeScheme(service: View): Verdict {
    const scheme = field(field(service.read("metadata"), "annotations"), schemeAnnotation);
    if (scheme.is === "unknown") return unknown(`${schemeAnnotation} is not known yet`);
    return text(scheme) === "internal" ? satisfied : violated("spec.type is LoadBalancer");
}

const serviceNotExposed: Rule = {
    id: "service-not-exposed",
    title: "Services are reachable from inside the cluster or its network only",
    severity: "high",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_K8S_36"] },
    remedy:
        "Use spec.type ClusterIP without externalIPs, and route traffic to it with an Ingress; or annotate a LoadBalancer with " +
        `${schemeAnnotation}: internal.`,
    judges: "inputs",
    appliesTo: withPatches([kubernetesTypes.service]),
    judge: (service) => {
        const [type, addresses] = [within(service, "spec.type"), listOf(service.read("spec"), "externalIPs")];
        if (type.is === "unknown" || !addresses) return unknown("spec is not known yet");
        const word = text(type) ?? "ClusterIP";
        return all([
            word === "LoadBalancer" ? judgeScheme(service) : satisfied,
            word === "NodePort" ? violated("spec.type is NodePort") : satisfied,
            addresses.length > 0 ? violated("spec.externalIPs is set") : satisfied,
        ]);
    },
};

const certificateSound: Rule = {
    id: "certificate-sound",
    title: "Certificates use strong keys and certificate transparency logging",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["ACM.2"], checkov: ["CKV_AWS_234"] },
    remedy: "Leave keyAlgorithm out or give RSA_2048 or more, and leave options.certificateTransparencyLoggingPreference at ENABLED.",
    appliesTo: [types.certificate],
    judge: (certificate) => {
        const logging = field(certificate.read("options"), "certificateTransparencyLoggingPreference");
        return all([
            mustNotBe(certificate.read("keyAlgorithm"), "keyAlgorithm", ["RSA_1024"]),
            logging.is === "unknown"
                ? unknown("options is not known yet")
                : text(logging) === "DISABLED"
                  ? violated("certificateTransparencyLoggingPreference is DISABLED")
                  : satisfied,
        ]);
    },
};

const webAclLogged: Rule = {
    id: "web-acl-logged",
    title: "Web ACLs log to an encrypted log group of the stack",
    severity: "medium",
    enforcement: "mandatory",
    controls: { securityHub: ["WAF.11"], checkov: ["CKV2_AWS_31"] },
    remedy:
        "Give it an aws.wafv2.WebAclLoggingConfiguration whose logDestinationConfigs is the arn of an aws.cloudwatch.LogGroup " +
        "of the stack, which then has to be encrypted with a customer managed key.",
    appliesTo: [types.webAcl],
    judge: (acl) => {
        const logging = acl.referrers([types.webAclLogging], "resourceArn");
        const [only] = logging;
        if (!only) return violated("it has no log");
        if (logging.length > 1) return violated("it has several logs, of which AWS takes one");
        const reference = {
            key: "logDestinationConfigs",
            types: [types.logGroup],
            what: "log groups",
            whenAbsent: violated(`${only.name} names no destination`),
        };
        return through(
            only.name,
            judgeReferences(only, reference, () => satisfied),
        );
    },
};

export const ingressRules: readonly Rule[] = [
    ingressTlsOnly,
    ingressDropsInvalidHeaders,
    ingressExposureStated,
    serviceNotExposed,
    certificateSound,
    webAclLogged,
];
