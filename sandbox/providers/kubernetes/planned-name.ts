import { Account, type Entity } from "../../account/account";
import type { Ledger } from "../../account/ledger";
import { hasUnknown, isObject, type Properties, reveal } from "../../rpc/values";
import { Refusal, type Resource, urnOf } from "../provider";
import { type ClusterState, idOf, SYSTEM_NAMESPACES } from "./cluster-state";
import { type Kind, pluralOf, RELEASE } from "./kind";
import { namesOf } from "./object";

/** What the API server says where there is such an object already. */
export function objectExists(kind: Kind, { name, id }: { name: string; id: string }): Refusal {
    const called = `${pluralOf(kind.kind)}${kind.group ? `.${kind.group}` : ""} ${JSON.stringify(name)}`;
    return new Refusal(
        `resource ${id} was not successfully created by the Kubernetes API server: ${called} already exists`,
    );
}

/** What Helm says where there is such a release already. */
export function releaseExists(id: string): Refusal {
    return new Refusal(`release ${id}: cannot re-use a name that is still in use`);
}

/** By which a release is found: its namespace and its name. */
export function releaseId(inputs: Properties): string {
    const [namespace, name] = [reveal(inputs.namespace), reveal(inputs.name)];
    return idOf(typeof namespace === "string" ? namespace : "default", typeof name === "string" ? name : "");
}

/** The object of that name, in whichever version it was made, or a namespace that every cluster has. */
export function isTaken(cluster: ClusterState, kind: Kind, { name, id }: { name: string; id: string }): boolean {
    return cluster.entity(kind, id) !== undefined || isSystemNamespace(kind, name);
}

/** Sees to it at a preview that no two objects of a cluster have one name: in the cluster, or among those that were previewed before. */
export class PlannedNames {
    /** By the key of an entity, the URN of the resource that it is by now: an alias gives it another one. */
    private readonly owners = new Map<string, string>();

    constructor(private readonly ledger: Ledger) {}

    /** Notes that the entity of that id is this resource. */
    belongs(resource: Resource, id: string, server: string | undefined): void {
        this.owners.set(Account.key(resource.type, id, server), urnOf(resource));
    }

    /** `cluster` is given where the cluster is; without one, and without an address of it, a provider is a cluster of its own. */
    plan(
        resource: Resource,
        kind: Kind | undefined,
        inputs: Properties,
        server?: string,
        cluster?: ClusterState,
    ): void {
        const metadata = reveal(kind ? inputs.metadata : inputs);
        const { name, namespace } = isObject(metadata) ? metadata : {};
        if (name === undefined || hasUnknown(name) || hasUnknown(namespace)) return;
        const names = kind ? namesOf(inputs) : { name: "", id: releaseId(inputs) };
        const refusal = kind ? objectExists(kind, names) : releaseExists(names.id);
        const urn = urnOf(resource);
        const living = kind ? cluster?.entity(kind, names.id) : cluster?.get(RELEASE, names.id);
        if (living ? this.ownerOf(living) !== urn : kind && isSystemNamespace(kind, names.name)) throw refusal;
        const what = kind ? `${kind.group} ${kind.kind}` : RELEASE;
        if (this.ledger.claim(urn, [`${server ?? `provider ${process.pid}`} ${what} ${names.id}`])) throw refusal;
    }

    private ownerOf({ type, id, within, urn }: Entity): string | undefined {
        return this.owners.get(Account.key(type, id, within)) ?? urn;
    }
}

function isSystemNamespace({ kind, group }: Kind, name: string): boolean {
    return kind === "Namespace" && group === "" && SYSTEM_NAMESPACES.includes(name);
}
