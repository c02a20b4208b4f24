import { createRequire } from "node:module";
import type { Policies } from "@pulumi/policy";
import { typeTest } from "./graph/graph";
import { typesOf } from "./pack";

type Policy = Policies[number];

/** The requests of the engine, as far as they tell what is analyzed next. */
interface Requests {
    AnalyzeRequest?: { prototype: { getType?: (this: object) => string } };
    AnalyzeStackRequest?: { prototype: { getResourcesList?: (this: object) => { getType(): string }[] } };
}

/**
 * The policies, of which the SDK sees at each turn only those that apply to the resource or to the stack which it is about to
 * analyze. It calls every policy for every resource, which is most of the pack's processor time. It reads the request just before
 * it goes through the policies; where another release does not, it sees all of them, and it takes longer.
 */
export function selectedPolicies(policies: readonly Policy[]): Policies {
    let present: ReadonlySet<string> | undefined;
    const requests: Requests = createRequire(__filename)("@pulumi/pulumi/proto/analyzer_pb");
    observe(requests.AnalyzeRequest?.prototype, "getType", (type) => {
        present = new Set([type]);
    });
    observe(requests.AnalyzeStackRequest?.prototype, "getResourcesList", (resources) => {
        present = new Set(resources.map((resource) => resource.getType()));
    });
    const tests = policies.map((policy) => ({ policy, applies: testOf(policy) }));
    const byTypes = new Map<string, readonly Policy[]>();
    const applying = (types: ReadonlySet<string>) => {
        const key = [...types].join();
        const known =
            byTypes.get(key) ?? tests.flatMap(({ policy, applies }) => ([...types].some(applies) ? [policy] : []));
        byTypes.set(key, known);
        return known;
    };
    const selected = [...policies];
    selected[Symbol.iterator] = () => {
        const shown = present ? applying(present) : policies;
        present = undefined;
        return shown[Symbol.iterator]();
    };
    return selected;
}

/** Tells whether a policy applies to a type: one that is no rule's applies to every one. */
function testOf(policy: Policy): (type: string) => boolean {
    const wanted = typesOf(policy);
    return wanted ? typeTest(wanted) : () => true;
}

/** Calls `note` with what a method returns, each time before it returns. */
function observe<Name extends string, Value>(
    prototype: { [Key in Name]?: (this: object) => Value } | undefined,
    name: Name,
    note: (value: Value) => void,
): void {
    const method: ((this: object) => Value) | undefined = prototype?.[name];
    if (!prototype || !method) return;
    prototype[name] = function noted(this: object) {
        const value = method.call(this);
        note(value);
        return value;
    };
}
