import type { Field, Problem } from "../field";
import { type Kind, podTemplateOf } from "../kind";
import { autoscalerProblems } from "./autoscaler";
import {
    bindingProblems,
    claimProblems,
    keyedDataProblems,
    limitRangeProblems,
    namespaceProblems,
    quotaProblems,
    roleProblems,
    secretProblems,
} from "./data";
import { metadataProblems } from "./name";
import { ingressProblems, networkPolicyProblems, serviceProblems } from "./network";
import { podProblems } from "./pod";
import {
    controllerProblems,
    cronJobProblems,
    deploymentProblems,
    disruptionBudgetProblems,
    jobProblems,
} from "./workload";

/** The rules of a kind beyond its schema. */
const RULES: Record<string, (object: Field) => Iterable<Problem>> = {
    "/Namespace": namespaceProblems,
    "/ConfigMap": (object) => keyedDataProblems(object, "data", "binaryData"),
    "/Secret": secretProblems,
    "/Service": (object) => serviceProblems(object.at("spec")),
    "/PersistentVolumeClaim": (object) => claimProblems(object.at("spec")),
    "/ResourceQuota": (object) => quotaProblems(object.at("spec")),
    "/LimitRange": (object) => limitRangeProblems(object.at("spec")),
    "apps/Deployment": deploymentProblems,
    "apps/ReplicaSet": controllerProblems,
    "apps/DaemonSet": controllerProblems,
    "apps/StatefulSet": statefulSetProblems,
    "batch/Job": (object) => jobProblems(object.at("spec")),
    "batch/CronJob": (object) => cronJobProblems(object.at("spec")),
    "autoscaling/HorizontalPodAutoscaler": (object) => autoscalerProblems(object.at("spec")),
    "policy/PodDisruptionBudget": (object) => disruptionBudgetProblems(object.at("spec")),
    "networking.k8s.io/Ingress": (object) => ingressProblems(object.at("spec")),
    "networking.k8s.io/NetworkPolicy": (object) => networkPolicyProblems(object.at("spec")),
    "rbac.authorization.k8s.io/Role": roleProblems,
    "rbac.authorization.k8s.io/ClusterRole": roleProblems,
    "rbac.authorization.k8s.io/RoleBinding": (object) => bindingProblems("RoleBinding", object),
    "rbac.authorization.k8s.io/ClusterRoleBinding": (object) => bindingProblems("ClusterRoleBinding", object),
};

function* statefulSetProblems(object: Field): Generator<Problem> {
    yield* controllerProblems(object);
    for (const claim of object.at("spec", "volumeClaimTemplates").items()) yield* claimProblems(claim.at("spec"));
}

/** All violations of the rules beyond the schema, as far as the object is known. */
export function* ruleProblems(kind: Kind, object: Field): Generator<Problem> {
    yield* metadataProblems(kind, object.at("metadata"));
    const template = podTemplateOf(kind);
    const claims = object.at("spec", "volumeClaimTemplates").items();
    if (template) yield* podProblems(object.at(...template), claims);
    yield* RULES[`${kind.group}/${kind.kind}`]?.(object) ?? [];
}
