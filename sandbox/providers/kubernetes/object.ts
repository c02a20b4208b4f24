import { randomInt } from "node:crypto";
import { isObject, isUnknown, type Properties, reveal, revealDeep, Secret, type Value } from "../../rpc/values";
import { idOf } from "./cluster-state";
import { isNamespaced, type Kind } from "./kind";

const AUTONAMED = "pulumi.com/autonamed";
const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/**
 * Completes an object with its kind, its namespace and its name. Where no name is given, it is generated from the Pulumi name and eight
 * characters, and kept from then on.
 */
export function completed(
    kind: Kind,
    pulumiName: string,
    old: Properties,
    given: Properties,
    namespace: string,
): Properties {
    const metadata = reveal(given.metadata);
    const whole = { ...given, apiVersion: given.apiVersion ?? kind.apiVersion, kind: given.kind ?? kind.kind };
    if (isUnknown(metadata)) return concealed(kind, whole);
    const named = withName(isObject(metadata) ? metadata : {}, pulumiName, old);
    if (isNamespaced(kind)) named.namespace ??= namespace;
    else delete named.namespace;
    return concealed(kind, { ...whole, metadata: named });
}

function withName(metadata: Properties, pulumiName: string, old: Properties): Properties {
    if (metadata.name !== undefined && metadata.name !== null && metadata.name !== "") return { ...metadata };
    const before = reveal(old.metadata);
    const kept = isObject(before) && isAutonamed(before) ? before.name : undefined;
    const prefix = typeof metadata.generateName === "string" ? metadata.generateName : `${pulumiName}-`;
    const annotations = isObject(metadata.annotations) ? metadata.annotations : {};
    return {
        ...metadata,
        name: kept ?? prefix + characters(8),
        annotations: { ...annotations, [AUTONAMED]: "true" },
    };
}

export function isAutonamed(metadata: Value | undefined): boolean {
    const annotations = isObject(metadata) ? reveal(metadata.annotations) : undefined;
    return isObject(annotations) && annotations[AUTONAMED] === "true";
}

export function characters(length: number): string {
    return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

/** Marks the content of a Secret as secret. */
function concealed(kind: Kind, object: Properties): Properties {
    if (kind.kind !== "Secret" || kind.group !== "") return object;
    const hidden = { ...object };
    for (const part of ["data", "stringData"]) {
        const value = object[part];
        if (value !== undefined && value !== null && !(value instanceof Secret)) hidden[part] = new Secret(value);
    }
    return hidden;
}

/** The name, the namespace and the id of an object; empty where they are not known yet. */
export function namesOf(object: Properties): { name: string; namespace: string | undefined; id: string } {
    const metadata = reveal(object.metadata);
    const text = (value: Value | undefined) =>
        typeof reveal(value) === "string" ? (reveal(value) as string) : undefined;
    const name = isObject(metadata) ? text(metadata.name) : undefined;
    const namespace = isObject(metadata) ? text(metadata.namespace) : undefined;
    return { name: name ?? "", namespace, id: idOf(namespace, name ?? "") };
}

/** An object as the API server stores it, with its additions to the metadata. */
export function live(kind: Kind, inputs: Properties, before: Properties | undefined): Properties {
    const old = reveal(before?.metadata);
    const metadata = reveal(inputs.metadata);
    const count = isObject(old) ? Number(old.generation ?? 0) : 0;
    const given = Object.fromEntries(Object.entries(inputs).filter(([name]) => !name.startsWith("__")));
    const outputs: Properties = {
        ...given,
        metadata: {
            ...(isObject(metadata) ? metadata : {}),
            uid: isObject(old) ? old.uid : uid(),
            creationTimestamp: isObject(old) ? old.creationTimestamp : now(),
            generation: count + 1,
            resourceVersion: String(randomInt(1_000_000, 2 ** 40)),
        },
    };
    if (kind.kind === "Secret" && kind.group === "") {
        outputs.data = new Secret({ ...entries(inputs.data), ...encoded(inputs.stringData) });
        outputs.type ??= "Opaque";
    }
    return outputs;
}

function entries(value: Value | undefined): Properties {
    const plain = revealDeep(value);
    return isObject(plain) ? plain : {};
}

function encoded(value: Value | undefined): Properties {
    const texts = Object.entries(entries(value));
    return Object.fromEntries(texts.map(([key, text]) => [key, Buffer.from(String(text)).toString("base64")]));
}

function uid(): string {
    const hex = (length: number) => Array.from({ length }, () => randomInt(16).toString(16)).join("");
    return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}

export function now(): string {
    return `${new Date().toISOString().slice(0, 19)}Z`;
}
