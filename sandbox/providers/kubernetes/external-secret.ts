import type { ClusterState } from "./cluster-state";
import type { Field } from "./field";

/**
 * Emulates the External Secrets operator as far as possible: which Secret an ExternalSecret creates, with which keys, and what
 * prevents it.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
const GROUP = "external-secrets.io";

/** The keys of a Secret; `any` where they are not known. */
export type Keys = Set<string> | "any";

/** The keys of a Secret that an ExternalSecret creates; undefined where none does. */
export function keysMadeFor(cluster: ClusterState, namespace: string, secret: string): Keys | undefined {
    const maker = cluster.all(GROUP, "ExternalSecret", namespace).find((one) => targetOf(one) === secret);
    return maker && keysOf(maker.at("spec"));
}

function targetOf(externalSecret: Field): string | undefined {
    const target = externalSecret.at("spec", "target");
    if (target.at("creationPolicy").text() === "None") return undefined;
    return target.at("name").text() ?? externalSecret.at("metadata", "name").text();
}

function keysOf(spec: Field): Keys {
    const template = spec.at("target", "template");
    const made = [
        ...template
            .at("data")
            .entries()
            .map(([key]) => key),
    ];
    if (template.at("templateFrom").items().length > 0) return "any";
    const replaced = made.length > 0 && template.at("mergePolicy").text() !== "Merge";
    if (replaced) return new Set(made);
    if (spec.at("dataFrom").items().length > 0) return "any";
    return new Set([
        ...made,
        ...spec
            .at("data")
            .items()
            .flatMap((one) => one.at("secretKey").text() ?? []),
    ]);
}

/** Why an ExternalSecret cannot be synced, in the operator's words. */
export function* syncProblems(cluster: ClusterState, namespace: string, object: Field): Generator<string> {
    const spec = object.at("spec");
    const reference = spec.at("secretStoreRef");
    const entries = [
        ...spec
            .at("data")
            .items()
            .map((one): [Field, Field] => [one.at("remoteRef"), one.at("sourceRef", "storeRef")]),
        ...spec
            .at("dataFrom")
            .items()
            .map((one): [Field, Field] => [one.at("extract"), one.at("sourceRef", "storeRef")]),
    ];
    const needed = [reference, ...entries.map(([, own]) => own)].filter((one) => one.present);
    for (const store of needed) {
        if (!storeOf(cluster, namespace, store)) {
            const kind = store.at("kind").text() ?? "SecretStore";
            yield `could not get secret data from provider: could not get ${kind} "${store.at("name").text()}", not found`;
        }
    }
    for (const [remote, own] of entries) {
        const store = storeOf(cluster, namespace, own.present ? own : reference);
        if (store && readsSecretsManager(store)) yield* remoteProblems(cluster, remote);
    }
}

function storeOf(cluster: ClusterState, namespace: string, reference: Field): Field | undefined {
    const kind = reference.at("kind").text() ?? "SecretStore";
    const name = reference.at("name").text() ?? "";
    return cluster.find(GROUP, kind, kind === "SecretStore" ? namespace : undefined, name);
}

function readsSecretsManager(store: Field): boolean {
    return store.at("spec", "provider", "aws", "service").text() === "SecretsManager";
}

function* remoteProblems(cluster: ClusterState, remote: Field): Generator<string> {
    const key = remote.at("key").text();
    // A secret that an AWS service manages has a "!" in its name, and is not among the account's resources.
    if (key === undefined || key.includes("!")) return;
    const secret = cluster
        .outside("aws:secretsmanager/secret:Secret")
        .find((one) => ["id", "arn", "name"].some((name) => one.at(name).text() === key));
    if (!secret) {
        yield `could not get secret data from provider: ${remote.path}: ResourceNotFoundException: Secrets Manager can't find the specified secret ${JSON.stringify(key)}`;
        return;
    }
    const property = remote.at("property").text();
    const names = property === undefined ? undefined : propertiesOf(cluster, secret);
    if (property !== undefined && names && !names.includes(property) && !property.includes("."))
        yield `could not get secret data from provider: ${remote.path}: key ${property} does not exist in secret ${key}`;
}

/** The properties of a secret's value, where the program wrote a JSON object. */
function propertiesOf(cluster: ClusterState, secret: Field): string[] | undefined {
    const handles = ["id", "arn", "name"].map((name) => secret.at(name).text());
    const texts = cluster
        .outside("aws:secretsmanager/secretVersion:SecretVersion")
        .filter((version) => handles.includes(version.at("secretId").text()))
        .flatMap((version) => version.at("secretString").text() ?? []);
    const text = texts.at(-1);
    if (text === undefined) return undefined;
    try {
        const value: unknown = JSON.parse(text);
        return typeof value === "object" && value !== null ? Object.keys(value) : undefined;
    } catch {
        return undefined;
    }
}
