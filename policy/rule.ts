import type { View } from "./graph/graph";
import type { Verdict } from "./verdict";

/** One rule of the pack. The Pulumi policies, docs/policies.md and the mutation tests are all made from the list of these. */
export interface Rule {
    /** Stable, unique, kebab-case: the policy's name in Pulumi's output and in the pack's configuration. */
    readonly id: string;
    /** What the rule demands, as a sentence without its full stop. */
    readonly title: string;
    readonly severity: "low" | "medium" | "high" | "critical";
    /** The level unless the pack's configuration says another for this id. `mandatory` fails the preview. */
    readonly enforcement: "advisory" | "mandatory";
    readonly controls: Controls;
    /** What to change so that the rule is satisfied, in the words of the resource's own inputs. */
    readonly remedy: string;
    /**
     * What is judged: resources as they come out, with the edges between them; or, said here, one by one as the program
     * gives them. Before a cluster is there nothing comes out of the objects in it.
     */
    readonly judges?: "inputs";
    /** Type tokens of the resources that are judged, one by one. */
    readonly appliesTo: readonly string[];
    /** Present when the user may vouch for identifiers that no resource of the stack stands for: of one kind, or of several. */
    readonly vouching?: Vouching | readonly Vouching[];
    /** Pure. `vouched` holds what the configuration gives for `vouching`, else nothing. */
    judge(view: View, vouched: ReadonlySet<string>): Verdict;
}

/** The controls of others that a rule covers, by their own ids. */
export interface Controls {
    /** https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-controls-reference.html */
    readonly securityHub?: readonly string[];
    /** Benchmark, version and section. https://www.cisecurity.org/benchmark/amazon_web_services */
    readonly cis?: readonly string[];
    /** https://www.checkov.io/5.Policy%20Index/terraform.html */
    readonly checkov?: readonly string[];
}

/** The kinds of identifiers that the user may vouch for before that rule. */
export const vouchings = ({ vouching = [] }: Rule): readonly Vouching[] => [vouching].flat();

/** A list of identifiers in a policy's configuration: what the stack takes from outside and its graph cannot prove. */
export interface Vouching {
    /** The key in the policy's configuration. */
    readonly key: string;
    /** What one vouches for by naming an identifier there. */
    readonly means: string;
    /** Regular expression that each identifier matches. */
    readonly pattern: string;
}
