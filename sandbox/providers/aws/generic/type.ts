import type { InputFacts, TypeFacts } from "../facts";
import type { Creation, ResourceType } from "../resource-type";
import { madeUp } from "./made-up";
import { type Member, typeInSdk } from "./sdk";

/**
 * A resource type that the emulation does not know, as far as the SDK declares it. AWS's refusals, references and what is unique are
 * not known of it: it is created with the inputs that it is given, and the rest is made up. A change is an update in place, but a new name or region replaces it.
 */
export interface GenericType {
    type: ResourceType;
    facts: TypeFacts;
}

const known = new Map<string, GenericType | undefined>();

/** Undefined where the SDK has no such type. */
export function genericType(token: string): GenericType | undefined {
    if (!known.has(token)) known.set(token, read(token));
    return known.get(token);
}

function read(token: string): GenericType | undefined {
    const declared = typeInSdk(token);
    if (!declared) return undefined;
    const always = new Set(declared.outputs.filter(({ optional }) => !optional).map(({ name }) => name));
    const given = new Set(declared.inputs.map(({ name }) => name));
    const facts: Record<string, InputFacts> = Object.fromEntries(
        declared.inputs.map(({ name, optional }) => [
            name,
            {
                required: !optional,
                computed: optional && always.has(name),
                ...(REPLACING.has(name) && { replacesOn: ["change"] }),
            },
        ]),
    );
    const computed = declared.outputs.filter(
        ({ name }) => !OWN.has(name) && (!given.has(name) || facts[name]?.computed),
    );
    const named = facts.name?.computed ? "name" : undefined;
    return {
        facts: {
            required: [...given].filter((name) => facts[name]?.required),
            optional: [...given].filter((name) => !facts[name]?.required),
            inputs: facts,
            computedOnly: computed.filter(({ name }) => !given.has(name)).map(({ name }) => name),
        },
        type: {
            name: named,
            exists: false,
            id: ({ inputs, name, hex }) => inputs.text("name") || `${name}-${hex(8)}`,
            outputs: (made) => madeUpFor(token, computed, made),
        },
    };
}

/** Inputs whose change replaces nearly every resource of AWS's. */
const REPLACING = new Set(["name", "region"]);
/** Outputs that are the same for every type, which the provider adds. */
const OWN = new Set(["region", "tagsAll"]);

function madeUpFor(token: string, members: Member[], made: Creation & { id: string }) {
    const [service = ""] = token.replace(/^aws:/, "").split(/[/:]/);
    const subject = { service, region: made.region, accountId: made.accountId, identity: made.id };
    const omitted = members.filter(({ name }) => !made.inputs.has(name));
    return Object.fromEntries(omitted.map((member) => [member.name, madeUp(member, subject)]));
}
