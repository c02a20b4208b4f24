import type { Account, Entity } from "../../account/account";
import type { Cipher } from "../../account/cipher";
import type { Properties } from "../../rpc/values";
import { Field } from "./field";
import { type Kind, kindOf, RELEASE } from "./kind";

/** The id of an object: its name, after its namespace where it has one. */
export function idOf(namespace: string | undefined, name: string): string {
    return namespace ? `${namespace}/${name}` : name;
}

const EKS_CLUSTER = "aws:eks/cluster:Cluster";

export const SYSTEM_NAMESPACES = ["default", "kube-system", "kube-public", "kube-node-lease"];

/** The objects of one cluster, and the AWS resources of its account. */
export class ClusterState {
    constructor(
        private readonly account: Account,
        private readonly cipher: Cipher,
        /** The endpoint, which identifies the cluster. */
        readonly server: string,
        private readonly eksCluster: Entity,
    ) {}

    get region(): string {
        return this.eksCluster.region;
    }

    /** Its minor version, 35 for 1.35; undefined where it is not known. */
    get minor(): number | undefined {
        const { version } = this.eksCluster.outputs;
        const minor = typeof version === "string" ? /^1\.(\d+)/.exec(version)?.[1] : undefined;
        return minor === undefined ? undefined : Number(minor);
    }

    get(token: string, id: string): Entity | undefined {
        return this.account.get(token, id, this.server);
    }

    /** The object of a kind, in any API version. */
    entity({ group, kind }: Pick<Kind, "group" | "kind">, id: string): Entity | undefined {
        return this.entities(group, kind).find((one) => one.id === id);
    }

    find(group: string, kind: string, namespace: string | undefined, name: string): Field | undefined {
        const entity = this.entity({ group, kind }, idOf(namespace, name));
        return entity && this.open(entity);
    }

    all(group: string, kind: string, namespace?: string): Field[] {
        return this.entities(group, kind)
            .filter(({ id }) => namespace === undefined || id.startsWith(`${namespace}/`))
            .map((entity) => this.open(entity));
    }

    releases(): Field[] {
        return this.inCluster()
            .filter(({ type }) => type === RELEASE)
            .map((entity) => this.open(entity));
    }

    hasNamespace(name: string): boolean {
        return (
            SYSTEM_NAMESPACES.includes(name) ||
            this.find("", "Namespace", undefined, name) !== undefined ||
            this.releases().some((one) => one.at("createNamespace").flag() && one.at("namespace").text() === name)
        );
    }

    /** Whether the cluster has an EKS add-on: created as a resource, or installed by EKS together with the cluster. */
    hasAddon(addonName: string): boolean {
        const bootstrapped = ["vpc-cni", "coredns", "kube-proxy"].includes(addonName);
        if (bootstrapped && this.eksCluster.inputs.bootstrapSelfManagedAddons !== false) return true;
        const { name } = this.eksCluster.outputs;
        return this.outside("aws:eks/addon:Addon").some(
            (addon) => addon.at("addonName").text() === addonName && addon.at("clusterName").text() === name,
        );
    }

    /** The AWS resources of a type in the account. */
    outside(type: string): Field[] {
        return this.account
            .records()
            .filter((entity) => entity.type === type && !entity.retained)
            .map((entity) => Field.of({ ...this.cipher.open(entity.outputs), id: entity.id }));
    }

    /** Everything in a namespace. */
    inNamespace(namespace: string): Entity[] {
        return this.inCluster().filter(({ id }) => id.startsWith(`${namespace}/`));
    }

    private entities(group: string, kind: string): Entity[] {
        return this.inCluster().filter(({ type }) => {
            const found: Kind | undefined = kindOf(type);
            return found?.group === group && found.kind === kind;
        });
    }

    private inCluster(): Entity[] {
        return this.account.records().filter(({ within }) => within === this.server);
    }

    private open(entity: Entity): Field {
        return Field.of(this.cipher.open(entity.outputs) as Properties);
    }
}

/** The cluster in the account whose endpoint is `server`; undefined where there is none. */
export function clusterAt(account: Account, server: string | undefined): Entity | undefined {
    if (server === undefined) return undefined;
    return account
        .records()
        .find(({ type, outputs, retained }) => type === EKS_CLUSTER && !retained && outputs.endpoint === server);
}
