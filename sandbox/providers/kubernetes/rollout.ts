import { randomInt } from "node:crypto";
import { partitionOf } from "@plinth/facts";
import type { Properties } from "../../rpc/values";
import type { Field } from "./field";
import type { Kind } from "./kind";
import { characters, now } from "./object";

/** The status that the controllers write for an object that is ready. */
export function settled(kind: Kind, object: Field, region: string): Properties {
    const status =
        STATUS[`${kind.group}/${kind.kind}`]?.(object, region) ??
        (kind.group.includes(".") && !kind.group.endsWith(".k8s.io") ? ready() : undefined);
    return { status: status && { ...kept(object), ...status } };
}

/** The status of an object that never became ready. */
export function unsettled(kind: Kind, reasons: string[]): Properties {
    const type =
        kind.kind === "Job" && reasons.includes(BACKOFF)
            ? "Failed"
            : kind.kind === "Deployment"
              ? "Available"
              : "Ready";
    const truth = type === "Failed" ? "True" : "False";
    const reason = type === "Failed" ? "BackoffLimitExceeded" : "NotReady";
    return { status: { conditions: [{ type, status: truth, reason, message: reasons.join("; ") }] } };
}

/** The reason of an injected job failure, in the words of Pulumi's provider. */
export const BACKOFF = "Job has reached the specified backoff limit (BackoffLimitExceeded)";

/** Whether an object exists and is not ready. */
export function isUnsettled(object: Field): boolean {
    return object
        .at("status", "conditions")
        .items()
        .some((one) => one.at("status").text() === (one.at("type").text() === "Failed" ? "True" : "False"));
}

export function hasFailed(object: Field): boolean {
    return object
        .at("status", "conditions")
        .items()
        .some((one) => one.at("type").text() === "Failed");
}

const STATUS: Record<string, (object: Field, region: string) => Properties | undefined> = {
    "/Namespace": () => ({ phase: "Active" }),
    "/Pod": () => ({ phase: "Running", ...ready() }),
    "/PersistentVolumeClaim": () => ({ phase: "Pending" }), // gp2 binds it when the first pod uses it
    "/Service": (object, region) =>
        object.at("spec", "type").text() === "LoadBalancer" ? balancer(object, "a", region) : { loadBalancer: {} },
    "apps/Deployment": (object) => {
        const replicas = object.at("spec", "replicas").number() ?? 1;
        const counts = { replicas, updatedReplicas: replicas, readyReplicas: replicas, availableReplicas: replicas };
        return { ...counts, conditions: [condition("Available"), condition("Progressing")] };
    },
    "apps/StatefulSet": (object) => {
        const replicas = object.at("spec", "replicas").number() ?? 1;
        return { replicas, readyReplicas: replicas, currentReplicas: replicas, updatedReplicas: replicas };
    },
    "apps/DaemonSet": () => ({
        desiredNumberScheduled: 1,
        currentNumberScheduled: 1,
        numberReady: 1,
        updatedNumberScheduled: 1,
    }),
    "batch/Job": (object) => ({
        succeeded: object.at("spec", "completions").number() ?? 1,
        startTime: now(),
        completionTime: now(),
        conditions: [condition("Complete")],
    }),
    "networking.k8s.io/Ingress": (object, region) => balancer(object, "k8s-", region),
};

/** The load balancer keeps its name. */
function kept(object: Field): Properties {
    const before = object.at("status", "loadBalancer").plain();
    return before ? { loadBalancer: before } : {};
}

function balancer(object: Field, prefix: string, region: string): Properties {
    const before = object.at("status", "loadBalancer");
    if (before.at("ingress").items().length > 0) return { loadBalancer: before.plain() };
    const name = `${prefix}${characters(prefix === "a" ? 31 : 10)}-${randomInt(1e9, 2e9)}`;
    return { loadBalancer: { ingress: [{ hostname: `${name}.${region}.elb.${partitionOf(region).dnsSuffix}` }] } };
}

function ready(): Properties {
    return { conditions: [condition("Ready")] };
}

function condition(type: string): Properties {
    return { type, status: "True", lastTransitionTime: now() };
}
