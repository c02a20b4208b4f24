import type { View } from "../../graph/graph";
import { field, type Reading, text } from "../../graph/reading";
import type { Rule } from "../../rule";
import { all, satisfied, through, type Verdict, violated } from "../../verdict";
import { isTrue } from "../inputs";
import { containersOf, listOf, podSpecOf, podTypes, within } from "../kubernetes-objects";

/* What the Pod Security Standards leave open. */

/** Judges the pods of an object, unless they are not known: another rule says so. */
const inPods =
    (judge: (pod: Reading, view: View) => Verdict) =>
    (view: View): Verdict => {
        const pod = podSpecOf(view);
        return pod.is === "known" ? judge(pod, view) : satisfied;
    };

/** Judges each container. */
const inContainers = (judge: (container: Reading) => Verdict) =>
    inPods((pod) => all((containersOf(pod) ?? []).map(({ name, container }) => through(name, judge(container)))));

const tokenNotMounted: Rule = {
    id: "pod-without-needless-token",
    title: "Pods have a token of the cluster only with a service account of their own",
    severity: "low",
    enforcement: "advisory",
    controls: { checkov: ["CKV_K8S_38"] },
    remedy: "Set automountServiceAccountToken: false, or serviceAccountName to an account of the pods' own.",
    judges: "inputs",
    appliesTo: podTypes,
    judge: inPods((pod) => {
        if (text(field(pod, "automountServiceAccountToken")) === "false") return satisfied;
        const account = field(pod, "serviceAccountName");
        if (account.is !== "absent" && text(account) !== "default") return satisfied;
        return violated("automountServiceAccountToken is not false, with the service account default");
    }),
};

const imagePinned: Rule = {
    id: "pod-image-pinned",
    title: "Images of pods have a fixed tag or a digest",
    severity: "low",
    enforcement: "advisory",
    controls: { checkov: ["CKV_K8S_14"] },
    remedy: "Name the image with a tag other than latest, or by its digest.",
    judges: "inputs",
    appliesTo: podTypes,
    judge: inContainers((container) => {
        const image = text(field(container, "image"));
        if (image === undefined || image.includes("@sha256:")) return satisfied;
        const tag = /:([^/:]+)$/.exec(image)?.[1];
        return tag === undefined || tag === "latest"
            ? violated(tag ? "its image has the tag latest" : "its image has no tag, which means latest")
            : satisfied;
    }),
};

const rootReadOnly: Rule = {
    id: "pod-root-read-only",
    title: "Containers of pods cannot write to their root file system",
    severity: "low",
    enforcement: "advisory",
    controls: { checkov: ["CKV_K8S_22"] },
    remedy: "Set securityContext.readOnlyRootFilesystem: true, and mount a volume where the application writes.",
    judges: "inputs",
    appliesTo: podTypes,
    judge: inContainers((container) =>
        isTrue(field(field(container, "securityContext"), "readOnlyRootFilesystem"), "readOnlyRootFilesystem"),
    ),
};

const resourcesLimited: Rule = {
    id: "pod-resources-limited",
    title: "Containers of pods state the processor and memory that they need, and limit their memory",
    severity: "low",
    enforcement: "advisory",
    controls: { checkov: ["CKV_K8S_10", "CKV_K8S_12", "CKV_K8S_13"] },
    remedy: "Set resources.requests.cpu, resources.requests.memory and resources.limits.memory.",
    judges: "inputs",
    appliesTo: podTypes,
    judge: inContainers((container) => {
        const paths = ["requests.cpu", "requests.memory", "limits.memory"];
        const resources = field(container, "resources");
        const missing = paths.filter((path) => path.split(".").reduce(field, resources).is === "absent");
        return missing.length === 0 ? satisfied : violated(`resources sets no ${missing.join(", ")}`);
    }),
};

/** Nothing is asked of the containers of what ends by itself. */
const servers = podTypes.filter((type) => !/:(Job|CronJob|Pod)$/.test(type));

const probed: Rule = {
    id: "pod-probed",
    title: "Containers of pods that have a port say whether they are ready",
    severity: "low",
    enforcement: "advisory",
    controls: { checkov: ["CKV_K8S_9"] },
    remedy: "Set readinessProbe.",
    judges: "inputs",
    appliesTo: servers,
    judge: inPods((pod) =>
        all(
            (listOf(pod, "containers") ?? []).map((container) =>
                // What has no port serves nobody.
                field(container, "readinessProbe").is === "absent" && field(container, "ports").is !== "absent"
                    ? through(text(field(container, "name")) ?? "a container", violated("readinessProbe is not set"))
                    : satisfied,
            ),
        ),
    ),
};

const notInDefaultNamespace: Rule = {
    id: "pod-not-in-default-namespace",
    title: "Pods are not in the namespace default",
    severity: "low",
    enforcement: "advisory",
    controls: { checkov: ["CKV_K8S_21"] },
    remedy: "Set metadata.namespace to a namespace of the application.",
    judges: "inputs",
    appliesTo: podTypes,
    judge: (view) =>
        text(within(view, "metadata.namespace")) === "default" ? violated("metadata.namespace is default") : satisfied,
};

export const podsRules: readonly Rule[] = [
    tokenNotMounted,
    imagePinned,
    rootReadOnly,
    resourcesLimited,
    probed,
    notInDefaultNamespace,
];
