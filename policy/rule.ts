import type { View } from "./graph/graph";
import type { Verdict } from "./verdict";

/** One rule of the pack. The Pulumi policies, docs/policies.md and the mutation tests are made from the list of rules. */
export interface Rule {
    /** Stable, unique, kebab-case: the policy's name in Pulumi's output and in the pack's configuration. */
    readonly id: string;
    /** What the rule requires, as a sentence without its full stop. */
    readonly title: string;
    readonly severity: "low" | "medium" | "high" | "critical";
    /** The level unless the pack's configuration sets another for this id. `mandatory` fails the preview. */
    readonly enforcement: "advisory" | "mandatory";
    readonly controls: Controls;
    /** What to change so that the rule is satisfied, named by the resource's own inputs. */
    readonly remedy: string;
    /**
     * What is judged. By default the outputs of the whole stack, with the edges between resources. With `inputs`, the
     * inputs of each resource by itself: an object in a cluster has no outputs before the cluster exists.
     */
    readonly judges?: "inputs";
    /** Type tokens of the resources that are judged, one by one. Of a rule on the stack, one may end with `*` for any. */
    readonly appliesTo: readonly string[];
    /**
     * Whether the rule judges policy documents, each by nothing but the inputs of its resource. One that names resources of the
     * stack is not known at the first preview. The update judges it when it is known, before its resource is created.
     */
    readonly judgesDocuments?: true;
    /** Identifiers from outside the stack that the configuration may declare as trusted, by kind. */
    readonly trustedIds?: readonly TrustedIds[];
    /** Pure. `trusted` holds the identifiers that the configuration gives for `trustedIds`. */
    judge(view: View, trusted: ReadonlySet<string>): Verdict;
}

/** The published controls that a rule covers, by their ids. */
export interface Controls {
    /** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-controls-reference.html */
    readonly securityHub?: readonly string[];
    /** Benchmark, version and section. https://www.cisecurity.org/benchmark/amazon_web_services */
    readonly cis?: readonly string[];
    /** https://www.checkov.io/5.Policy%20Index/terraform.html */
    readonly checkov?: readonly string[];
}

/**
 * A list of identifiers in a policy's configuration. The stack uses them, no resource of the stack stands for them, and so
 * the rule accepts the user's word instead of a proof.
 */
export interface TrustedIds {
    /** The key in the policy's configuration. */
    readonly key: string;
    /** What the user asserts of each identifier, as a noun phrase. */
    readonly meaning: string;
    /** Regular expression that each identifier matches. The engine checks it, so it is in Go's syntax. */
    readonly pattern: string;
}
