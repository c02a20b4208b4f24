import type { Entity } from "../../account/account";
import type { Properties } from "../../rpc/values";
import { changesBetween } from "../diff";
import { InitError, Refusal, type Resource, type Stored } from "../provider";
import { forbidden, type Level, levelOf, violations } from "./admission/pod-security";
import type { ClusterState } from "./cluster-state";
import { defines, extensionOf, isInstalled, noMatches } from "./extension";
import { Field } from "./field";
import { displayName, isBuiltInGroup, isNamespaced, type Kind, podTemplateOf } from "./kind";
import { live, namesOf } from "./object";
import { isTaken, objectExists } from "./planned-name";
import { missingOf } from "./reference";
import { frozen } from "./replacement";
import { BACKOFF, hasFailed, isUnsettled, settled, unsettled } from "./rollout";
import { amountOf } from "./rules/resource";

/** What an operation needs: the cluster, the settings of the emulation, and where to store the result. */
export interface OperationContext {
    cluster: ClusterState;
    region: string;
    /** Jobs that fail because they are named in `Sandbox.<stack>.yaml`, as `namespace/name`. */
    failingJobs: string[];
    /** How long to wait for what an object refers to, in milliseconds. On a real cluster it is ten minutes. */
    patience: number;
    put(entity: Entity): void;
    /** The properties of an entity that do not depend on the object. */
    entity(resource: Resource): Pick<Entity, "type" | "name" | "urn" | "region" | "run" | "within">;
}

export async function create(
    resource: Resource,
    kind: Kind,
    inputs: Properties,
    at: OperationContext,
): Promise<Stored> {
    const { cluster } = at;
    const { name, namespace, id } = namesOf(inputs);
    const refuse = (reason: string): never => {
        throw new Refusal(`resource ${id} was not successfully created by the Kubernetes API server: ${reason}`);
    };
    const reason = unknownKind(cluster, kind) ?? missingNamespace(cluster, kind, namespace);
    if (reason !== undefined) refuse(reason);
    if (isTaken(cluster, kind, { name, id })) throw objectExists(kind, { name, id });
    const object = Field.of(inputs);
    const rejections = await lasting(at, () => [
        ...podRefusal(cluster, kind, object),
        ...missing(at, kind, object, false),
    ]);
    if (rejections[0] !== undefined) refuse(rejections.join("; "));
    const entity: Entity = { ...at.entity(resource), id, inputs, outputs: live(kind, inputs, undefined) };
    return rolledOut(
        resource,
        kind,
        entity,
        at,
        `resource ${id} was successfully created, but the Kubernetes API server reported that it`,
    );
}

export async function update(
    resource: Resource,
    kind: Kind,
    entity: Entity,
    inputs: Properties,
    at: OperationContext,
): Promise<Stored> {
    const object = Field.of(inputs);
    const rejections = await lasting(at, () => [
        ...podRefusal(at.cluster, kind, object),
        ...missing(at, kind, object, false),
    ]);
    const [reason] = rejections;
    if (reason !== undefined)
        throw new Refusal(
            `update of resource ${entity.id} failed because the Kubernetes API server reported: ${rejections.join("; ")}`,
        );
    const outputs = { ...live(kind, inputs, entity.outputs), status: entity.outputs.status };
    const next = { ...entity, inputs, outputs };
    return rolledOut(resource, kind, next, at, `the Kubernetes API server reported that "${entity.id}"`);
}

/** Reads an object. One that was not ready is evaluated again, as what it waited for may exist now. */
export async function look(resource: Resource, kind: Kind, entity: Entity, at: OperationContext): Promise<Stored> {
    if (!isUnsettled(Field.of(entity.outputs))) return entity;
    return rolledOut(
        resource,
        kind,
        entity,
        { ...at, patience: 0 },
        `the Kubernetes API server reported that "${entity.id}"`,
    );
}

/** Stores the object, waits until it is ready, and fails where it never is. */
async function rolledOut(
    resource: Resource,
    kind: Kind,
    entity: Entity,
    at: OperationContext,
    prefix: string,
): Promise<Stored> {
    const object = Field.of(entity.outputs);
    const reasons = () => unready(resource, kind, object, at);
    // Other objects see it while it waits, as on a cluster.
    if (reasons().length > 0) at.put({ ...entity, outputs: { ...entity.outputs, ...unsettled(kind, reasons()) } });
    const left = await lasting(at, reasons);
    const status = left.length === 0 ? settled(kind, object, at.region) : unsettled(kind, left);
    const { inputs, id } = entity;
    const outputs = { ...entity.outputs, ...status };
    at.put({ ...entity, outputs });
    if (left.length === 0 || skipsAwait(object)) return { id, inputs, outputs };
    throw new InitError(
        `${prefix} failed to fully initialize or become live: ${left.join("; ")}`,
        { id, inputs, outputs },
        left,
    );
}

function unready(resource: Resource, kind: Kind, object: Field, at: OperationContext): string[] {
    const pods = podTemplateOf(kind) && kind.kind !== "Pod" ? templateRefusal(at.cluster, kind, object) : [];
    return [...pods, ...missing(at, kind, object, true), ...jobFailure(resource, kind, object, at.failingJobs)];
}

function jobFailure(resource: Resource, kind: Kind, object: Field, failing: string[]): string[] {
    if (kind.kind !== "Job" || kind.group !== "batch") return [];
    const namespace = object.at("metadata", "namespace").text() ?? "";
    const names = [object.at("metadata", "name").text(), resource.name].map((name) => `${namespace}/${name}`);
    // A job that has failed stays failed, even where the file no longer names it: only a new one runs.
    return hasFailed(object) || names.some((name) => failing.includes(name)) ? [BACKOFF] : [];
}

function missing({ cluster }: OperationContext, kind: Kind, object: Field, made: boolean): string[] {
    const namespace = object.at("metadata", "namespace").text() ?? "";
    return missingOf(cluster, kind, namespace, object)
        .filter((one) => one.made === made)
        .map(({ reason }) => reason);
}

/** The reasons that remain at the end of the waiting time. */
async function lasting({ patience }: OperationContext, reasons: () => string[]): Promise<string[]> {
    const end = Date.now() + patience;
    for (;;) {
        const left = reasons();
        if (left.length === 0 || left.includes(BACKOFF) || Date.now() >= end) return left;
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}

export function skipsAwait(object: Field): boolean {
    return object.at("metadata", "annotations", "pulumi.com/skipAwait").text() === "true";
}

function unknownKind(cluster: ClusterState, kind: Kind): string | undefined {
    if (isBuiltInGroup(kind) && !extensionOf(kind)) return undefined;
    const extension = extensionOf(kind);
    const served =
        (extension && isInstalled(cluster, extension)) ||
        cluster.all("apiextensions.k8s.io", "CustomResourceDefinition").some((one) => defines(one, kind));
    return served ? undefined : noMatches(kind);
}

function missingNamespace(cluster: ClusterState, kind: Kind, namespace: string | undefined): string | undefined {
    if (!isNamespaced(kind) || cluster.hasNamespace(namespace ?? "default")) return undefined;
    return `namespaces ${JSON.stringify(namespace)} not found`;
}

function podRefusal(cluster: ClusterState, kind: Kind, object: Field): string[] {
    if (kind.kind !== "Pod" || kind.group !== "") return [];
    const name = object.at("metadata", "name").text() ?? "";
    const refusal = securityRefusal(cluster.find("", "Namespace", undefined, namespaceOf(object)), object, name);
    return refusal === undefined ? [] : [refusal];
}

/** The admission rejects every pod that the controller creates from its template. */
function templateRefusal(cluster: ClusterState, kind: Kind, object: Field): string[] {
    return templateRefusalIn(cluster.find("", "Namespace", undefined, namespaceOf(object)), kind, object);
}

export function templateRefusalIn(namespace: Field | undefined, kind: Kind, object: Field): string[] {
    const path = podTemplateOf(kind);
    if (!path || !namespace) return [];
    const name = object.at("metadata", "name").text() ?? "";
    const refusal = securityRefusal(namespace, object.at(...path), kind.kind === "Pod" ? name : `${name}-`);
    if (refusal === undefined) return [];
    return [kind.kind === "Pod" ? refusal : `[FailedCreate] Error creating: ${refusal}`];
}

function securityRefusal(namespace: Field | undefined, pod: Field, name: string): string | undefined {
    const { level, version }: { level: Level; version: string } = levelOf(namespace);
    const violated = violations(level, pod, version);
    return violated.length === 0 ? undefined : forbidden(name, level, version, violated);
}

function namespaceOf(object: Field): string {
    return object.at("metadata", "namespace").text() ?? "default";
}

/** Refuses changes of fields that are immutable in an existing object. */
export function refuseFrozen(kind: Kind, old: Properties, inputs: Properties): void {
    const { name } = namesOf(inputs);
    const [path] = frozen(kind, changesBetween(old, inputs));
    if (path !== undefined)
        throw new Refusal(`${displayName(kind, name)} is invalid: ${path}: Invalid value: field is immutable`);
    const [before, after] = [old, inputs].map((object) =>
        Field.of(object).at("spec", "resources", "requests", "storage"),
    );
    if (
        kind.kind === "PersistentVolumeClaim" &&
        before &&
        after &&
        (amountOf(after) ?? 0) < (amountOf(before) ?? 0) &&
        !after.unknown
    )
        throw new Refusal(
            `${displayName(kind, name)} is invalid: ${after.path}: Forbidden: field can not be less than status.capacity`,
        );
    const [was, is] = [Field.of(old), Field.of(inputs)].map((object) => object.at("immutable").flag());
    if (was && is !== true && !Field.of(inputs).at("immutable").unknown)
        throw new Refusal(
            `${displayName(kind, name)} is invalid: immutable: Forbidden: field is immutable when \`immutable\` is set`,
        );
}
