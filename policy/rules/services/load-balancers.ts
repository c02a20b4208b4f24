import type { View } from "../../graph/graph";
import { elements, field, text } from "../../graph/reading";
import type { Rule } from "../../rule";
import { all, satisfied, unknown, type Verdict, violated } from "../../verdict";
import { modernTls } from "../ingress";
import { any, aws, isNoneOf, isTrue, judgeInputs, matches, mustHavePart, onInputs, valueAt } from "../inputs";

const balancers = [aws("lb/loadBalancer"), aws("alb/loadBalancer")];
const listeners = [aws("lb/listener"), aws("alb/listener")];
const classic = aws("elb/loadBalancer");

/** Whether a load balancer is one for HTTP, which is the kind without a loadBalancerType. */
const isForHttp = (view: View) => (text(view.read("loadBalancerType")) ?? "application") === "application";

const listenerEncrypted: Rule = {
    id: "listener-encrypted",
    title: "Listeners serve HTTPS, or redirect to it",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["ELB.1", "ELB.3"], checkov: ["CKV_AWS_2", "CKV_AWS_376", "CKV2_AWS_20"] },
    remedy: 'Set protocol: "HTTPS", or redirect: defaultActions of type "redirect" with redirect.protocol "HTTPS".',
    judges: "inputs",
    appliesTo: [...listeners, classic],
    judge: (view) => (view.type === classic ? judgeClassic(view) : judgeListener(view)),
};

/** A listener without a protocol has HTTP, but that of a gateway load balancer, which has no port either. */
function judgeListener(listener: View): Verdict {
    const protocol = listener.read("protocol");
    if (protocol.is === "unknown") return unknown("protocol is not known yet");
    if ((text(protocol) ?? "HTTP") !== "HTTP") return satisfied;
    if (protocol.is === "absent" && listener.read("port").is === "absent") return satisfied;
    const actions = listener.read("defaultActions");
    if (actions.is === "unknown") return unknown("defaultActions is not known yet");
    return all(
        (elements(actions) ?? []).map((action) => {
            const type = text(field(action, "type"));
            // The target may be told apart by the rules of the listener; an answer of its own tells nothing.
            if (type === "fixed-response") return satisfied;
            const target = field(field(action, "redirect"), "protocol");
            if (type === "redirect" && target.is === "unknown") return unknown("redirect.protocol is not known yet");
            const isRedirected = type === "redirect" && text(target) === "HTTPS";
            return isRedirected ? satisfied : violated("it serves HTTP, and does not redirect it to HTTPS");
        }),
    );
}

function judgeClassic(balancer: View): Verdict {
    return judgeInputs(balancer, { "listeners[].lbProtocol": isNoneOf("http", "HTTP", "tcp", "TCP") });
}

const listenerTlsModern: Rule = {
    id: "listener-tls-modern",
    title: "Listeners take TLS 1.2 and later only",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["ELB.17"], checkov: ["CKV_AWS_103", "CKV2_AWS_74"] },
    remedy: "Set sslPolicy to a policy such as ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09. The default takes TLS 1.0.",
    judges: "inputs",
    appliesTo: listeners,
    judge: (listener) => {
        const protocol = listener.read("protocol");
        if (protocol.is === "unknown") return unknown("protocol is not known yet");
        if (!["HTTPS", "TLS"].includes(text(protocol) ?? "")) return satisfied;
        return judgeInputs(listener, { sslPolicy: matches(modernTls, "is not a policy for TLS 1.2 or later") });
    },
};

const headersDropped: Rule = {
    id: "load-balancer-drops-invalid-headers",
    title: "Load balancers drop invalid HTTP headers",
    severity: "medium",
    enforcement: "advisory",
    controls: { securityHub: ["ELB.4"], checkov: ["CKV_AWS_131"] },
    remedy: "Set dropInvalidHeaderFields: true.",
    judges: "inputs",
    appliesTo: balancers,
    judge: (view) => (isForHttp(view) ? judgeInputs(view, { dropInvalidHeaderFields: isTrue }) : satisfied),
};

const deletionProtected = onInputs({
    id: "load-balancer-deletion-protected",
    title: "Load balancers are protected from deletion",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["ELB.6"], checkov: ["CKV_AWS_150"] },
    remedy: "Set enableDeletionProtection: true.",
    appliesTo: balancers,
    inputs: { enableDeletionProtection: isTrue },
});

const accessLogged: Rule = {
    id: "load-balancer-access-logged",
    title: "Load balancers log the requests to them",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["ELB.5"], checkov: ["CKV_AWS_91", "CKV_AWS_92"] },
    remedy: "Set accessLogs to a bucket, with enabled: true.",
    judges: "inputs",
    appliesTo: [...balancers, classic],
    judge: (view) => {
        // A classic load balancer logs where accessLogs does not turn it off.
        if (view.type === classic && valueAt(view, "accessLogs.enabled").is === "absent") {
            return view.read("accessLogs").is === "absent" ? violated("accessLogs is not set") : satisfied;
        }
        return judgeInputs(view, { "accessLogs.enabled": isTrue });
    },
};

const guarded: Rule = {
    id: "load-balancer-behind-web-acl",
    title: "Load balancers for the internet are behind a web ACL",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["ELB.16"], checkov: ["CKV2_AWS_28"] },
    remedy: "Give the load balancer an aws.wafv2.WebAclAssociation.",
    appliesTo: balancers,
    judge: (view) => {
        if (!isForHttp(view)) return satisfied;
        const association = { types: [aws("wafv2/webAclAssociation")], input: "resourceArn", what: "web ACL" };
        return any(mustHavePart(view, association), judgeInputs(view, { internal: isTrue }));
    },
};

export const loadBalancersRules: readonly Rule[] = [
    listenerEncrypted,
    listenerTlsModern,
    headersDropped,
    deletionProtected,
    accessLogged,
    guarded,
];
