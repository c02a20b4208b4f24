import { isObject, isUnknown, type Properties, revealDeep, Secret, UNKNOWN, type Value } from "../../rpc/values";
import type { TypeFacts } from "./facts";

/** The outputs of a resource: its inputs, and what AWS adds to them. */
export function outputsOf(facts: TypeFacts, inputs: Properties, added: Properties, region: string): Properties {
    const outputs: Properties = {
        ...withDerivedSecrets(added, inputs),
        region,
        ...("tags" in facts.inputs && { tagsAll: inputs.tags ?? {} }),
    };
    for (const [name, value] of Object.entries(inputs)) {
        if (name.startsWith("__") || value === undefined) continue;
        outputs[name] = facts.inputs[name]?.sensitive && !(value instanceof Secret) ? new Secret(value) : value;
        const computed = computedInBlock(facts, name);
        const block = added[name];
        if (computed && isObject(value) && isObject(block)) {
            outputs[name] = { ...Object.fromEntries(computed.map((inner) => [inner, block[inner]])), ...value };
        }
    }
    return outputs;
}

/** What a preview of a creation knows: the inputs. All that AWS decides is unknown. */
export function previewOutputs(facts: TypeFacts, inputs: Properties, region: string): Properties {
    const omitted = Object.keys(facts.inputs).filter((name) => facts.inputs[name]?.computed && !(name in inputs));
    const unknown = [...facts.computedOnly, ...omitted].map((name): [string, Value] => [name, UNKNOWN]);
    for (const name of Object.keys(facts.inputs)) {
        const computed = computedInBlock(facts, name);
        if (computed) unknown.push([name, Object.fromEntries(computed.map((inner) => [inner, UNKNOWN]))]);
    }
    return outputsOf(facts, inputs, Object.fromEntries(unknown), region);
}

/** The outputs that an update keeps: what AWS chose at creation. An output that only repeated an input goes with that input. */
export function keptOutputs(
    facts: TypeFacts,
    old: { inputs: Properties; outputs: Properties },
    inputs: Properties,
): Properties {
    const kept = Object.entries(old.outputs).filter(
        ([name]) => (!(name in old.inputs) && !(name in inputs)) || computedInBlock(facts, name),
    );
    return Object.fromEntries(kept);
}

/** The inputs inside a block that AWS computes where they are omitted, or undefined where there are none. */
function computedInBlock(facts: TypeFacts, name: string): string[] | undefined {
    const computed = Object.entries(facts.inputs[name]?.nested ?? {}).filter(([, inner]) => inner.computed);
    return computed.length > 0 ? computed.map(([inner]) => inner) : undefined;
}

/** Marks as secret every output whose text contains a secret input. */
function withDerivedSecrets(outputs: Properties, inputs: Properties): Properties {
    const secrets = secretTexts(inputs, false);
    return Object.fromEntries(
        Object.entries(outputs).map(([name, value]) => {
            const text = value === undefined || isUnknown(value) ? "" : JSON.stringify(revealDeep(value));
            const derived = secrets.some((secret) => text.includes(JSON.stringify(secret).slice(1, -1)));
            return [name, derived && value !== undefined && !(value instanceof Secret) ? new Secret(value) : value];
        }),
    );
}

/** The texts in `value` that are secret, or inside a secret. */
function secretTexts(value: Value | undefined, secret: boolean): string[] {
    if (value instanceof Secret) return secretTexts(value.value, true);
    if (typeof value === "string") return secret && value !== "" ? [value] : [];
    if (Array.isArray(value)) return value.flatMap((item) => secretTexts(item, secret));
    return isObject(value) ? Object.values(value).flatMap((item) => secretTexts(item, secret)) : [];
}
