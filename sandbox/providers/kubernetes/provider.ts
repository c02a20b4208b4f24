import { version } from "@pulumi/kubernetes/package.json";
import { Account, type Entity } from "../../account/account";
import { Cipher } from "../../account/cipher";
import { readInjectedFaults } from "../../account/injected-faults";
import { engineIsAlive } from "../../rpc/server";
import { isUnknown, type Properties, reveal, type Value } from "../../rpc/values";
import type { Surroundings } from "../aws/provider";
import { type Change, changesBetween } from "../diff";
import { pathText } from "../path";
import {
    type Checked,
    type Difference,
    type Made,
    type Provider,
    Refusal,
    type Resource,
    type Stored,
} from "../provider";
import * as api from "./api-server";
import { check } from "./check";
import { clusterAt, namespaceOf, serverOf } from "./cluster";
import { Field } from "./field";
import { COMMON_TOKENS, type Kind, kindOf, RELEASE } from "./kinds";
import { isAutonamed, live, namesOf } from "./objects";
import { deployed, replacingRelease } from "./releases";
import { type Mutable, replacing } from "./replacement";
import { fieldsOf } from "./schema";
import { World } from "./world";

/** How long an object waits for what it refers to, in milliseconds: others of the same run may be on their way. */
const PATIENCE = 5_000;

/** Emulates the Kubernetes provider over the clusters of the emulated AWS account. No kubeconfig is ever dialled. */
export class KubernetesProvider implements Provider {
    readonly package = "kubernetes";
    readonly version = version;
    private kubeconfig: Value | undefined;
    private namespace = "default";
    private mutable: Mutable = { configMaps: false, secrets: false };
    private forgetsUnreachable = false;
    private readonly cipher: Cipher;
    private readonly accounts = new Map<string, Account>();
    /** The namespaces of this run's preview, which say how strictly they admit pods. */
    private readonly planned = new Map<string, Field>();

    constructor(
        private readonly surroundings: Surroundings,
        private readonly patience = PATIENCE,
    ) {
        this.cipher = new Cipher(surroundings.passphrase);
    }

    inputNames(): Record<string, string[]> {
        const kinds = COMMON_TOKENS.flatMap((token) => kindOf(token) ?? []);
        return Object.fromEntries(kinds.map((kind) => [kind.token, fieldsOf(kind)]));
    }

    configure(config: Properties): void {
        this.kubeconfig = config.kubeconfig;
        const namespace = reveal(config.namespace);
        this.namespace = typeof namespace === "string" ? namespace : (namespaceOf(this.kubeconfig) ?? "default");
        this.mutable = { configMaps: isOn(config.enableConfigMapMutable), secrets: isOn(config.enableSecretMutable) };
        this.forgetsUnreachable = isOn(config.deleteUnreachable ?? process.env.PULUMI_K8S_DELETE_UNREACHABLE);
    }

    /** Another cluster is another world: everything in it is made anew. Another way into the same one is not. */
    diffConfig(old: Properties, next: Properties): Pick<Difference, "changes" | "replaces"> {
        const changes = changesBetween(old, next);
        const moved =
            next.clusterIdentifier !== undefined || old.clusterIdentifier !== undefined
                ? reveal(old.clusterIdentifier) !== reveal(next.clusterIdentifier)
                : !isUnknown(next.kubeconfig) && serverOf(old.kubeconfig) !== serverOf(next.kubeconfig);
        return { changes, replaces: moved ? changes.map(({ path }) => String(path[0])) : [] };
    }

    check(resource: Resource, old: Properties, inputs: Properties): Checked {
        return check(resource, old, inputs, this.namespace);
    }

    diff(resource: Resource, old: Stored, inputs: Properties): Difference {
        const changes = changesBetween(old.inputs, inputs);
        const kind = kindOf(resource.type);
        const replacements = this.replacements(resource, old, changes);
        const [before, after] = [namesOf(old.inputs), namesOf(inputs)];
        const sameName =
            resource.type === RELEASE
                ? old.inputs.name === inputs.name
                : kind !== undefined && before.id === after.id && !isAutonamed(reveal(inputs.metadata));
        return {
            changes,
            replaces: replacements.map(({ path }) => pathText(path)),
            deleteBeforeReplace: sameName,
        };
    }

    async create(resource: Resource, inputs: Properties, preview: boolean): Promise<Made> {
        if (preview) return { id: "", outputs: this.previewed(resource, inputs) };
        const at = this.circumstances(resource);
        if (resource.type === RELEASE) return this.install(resource, inputs, at);
        return api.create(resource, known(resource), inputs, at);
    }

    async read(resource: Resource, id: string): Promise<Stored | undefined> {
        if (!this.reachable(resource) && this.forgetsUnreachable) return undefined;
        const at = this.circumstances(resource);
        const found = at.world.get(resource.type, id);
        if (!found) return undefined;
        const entity = this.opened(found);
        return resource.type === RELEASE ? entity : api.look(resource, known(resource), entity, at);
    }

    async update(resource: Resource, old: Stored, inputs: Properties, preview: boolean): Promise<Properties> {
        if (resource.type !== RELEASE) api.refuseFrozen(known(resource), old.inputs, inputs);
        if (preview) {
            const outputs = this.previewed(resource, inputs);
            if (resource.type === RELEASE) return { ...outputs, status: old.outputs.status };
            return { ...live(known(resource), outputs, old.outputs), status: old.outputs.status };
        }
        const at = this.circumstances(resource);
        const found = at.world.get(resource.type, old.id);
        if (!found) throw new Refusal(`update of resource ${old.id} failed: it is not in the cluster any more`);
        if (resource.type === RELEASE) {
            const outputs = deployed(inputs, this.opened(found).outputs);
            at.put({ ...found, inputs, outputs });
            return outputs;
        }
        return (await api.update(resource, known(resource), this.opened(found), inputs, at)).outputs;
    }

    delete(resource: Resource, old: Stored): void {
        if (!this.reachable(resource) && this.forgetsUnreachable) return;
        const { world } = this.circumstances(resource);
        this.assertEngineIsAlive();
        const account = this.account(resource.stack);
        // What is in a namespace goes with it.
        const isNamespace = resource.type === "kubernetes:core/v1:Namespace";
        for (const { type, id, within } of isNamespace ? world.inNamespace(old.id) : [])
            account.remove(type, id, undefined, within);
        if (world.get(resource.type, old.id)) account.remove(resource.type, old.id, undefined, world.server);
    }

    invoke(token: string): Properties {
        throw new Refusal(`the sandbox does not emulate ${token}`);
    }

    private replacements(resource: Resource, old: Stored, changes: Change[]): Change[] {
        const kind = kindOf(resource.type);
        if (resource.type === RELEASE) return replacingRelease(changes);
        return kind ? replacing(kind, old.inputs, changes, this.mutable) : [];
    }

    /** What a preview knows of an object: its inputs. Pods that the admission would turn away are turned away already. */
    private previewed(resource: Resource, inputs: Properties): Properties {
        const outputs = Object.fromEntries(Object.entries(inputs).filter(([name]) => !name.startsWith("__")));
        if (resource.type === RELEASE) return outputs;
        const kind = known(resource);
        const object = Field.of(inputs);
        const { name, namespace } = namesOf(inputs);
        if (kind.kind === "Namespace" && kind.group === "") this.planned.set(`${resource.stack} ${name}`, object);
        const home = this.planned.get(`${resource.stack} ${namespace}`) ?? this.existing(resource, namespace);
        const [reason] = api.templateRefusalIn(home, kind, object);
        if (reason !== undefined && object.at("metadata", "annotations", "pulumi.com/skipAwait").text() !== "true")
            throw new Refusal(`resource ${namesOf(inputs).id} will not become live: ${reason}`);
        return outputs;
    }

    private existing(resource: Resource, namespace: string | undefined): Field | undefined {
        const cluster = this.reachable(resource);
        return cluster && this.world(resource, cluster).find("", "Namespace", undefined, namespace ?? "");
    }

    private install(resource: Resource, inputs: Properties, at: api.Circumstances): Made {
        const release = Field.of(inputs);
        const [name, namespace] = [release.at("name").text() ?? "", release.at("namespace").text() ?? "default"];
        const id = `${namespace}/${name}`;
        if (at.world.get(RELEASE, id)) throw new Refusal(`release ${id}: cannot re-use a name that is still in use`);
        if (!release.at("createNamespace").flag() && !at.world.hasNamespace(namespace))
            throw new Refusal(`release ${id}: create: failed to create: namespaces "${namespace}" not found`);
        const outputs = deployed(inputs, undefined);
        at.put({ ...at.entity(resource), id, inputs, outputs });
        return { id, outputs };
    }

    private circumstances(resource: Resource): api.Circumstances {
        const cluster = this.reachable(resource);
        if (!cluster) throw new Refusal(this.unreachable());
        const { region } = cluster;
        const { run, accounts } = this.surroundings;
        const world = this.world(resource, cluster);
        return {
            world,
            region,
            failingJobs: readInjectedFaults(accounts, resource.stack).failingJobs,
            patience: this.patience,
            entity: ({ type, name }) => ({ type, name, region, run, within: world.server }),
            put: (entity) => this.commit(resource.stack, entity),
        };
    }

    private reachable(resource: Resource): Entity | undefined {
        return clusterAt(this.account(resource.stack), serverOf(this.kubeconfig));
    }

    private unreachable(): string {
        const server = serverOf(this.kubeconfig);
        const why = server
            ? `Get "${server}/openapi/v2?timeout=32s": dial tcp: connect: connection refused (no aws:eks/cluster:Cluster of the account has this endpoint)`
            : "the kubeconfig names no server";
        return `configured Kubernetes cluster is unreachable: unable to load schema information from the API server: ${why}`;
    }

    private world(resource: Resource, cluster: Entity): World {
        return new World(this.account(resource.stack), this.cipher, serverOf(this.kubeconfig) ?? "", cluster);
    }

    private opened(entity: Entity): Entity {
        return { ...entity, inputs: this.cipher.open(entity.inputs), outputs: this.cipher.open(entity.outputs) };
    }

    private commit(stack: string, entity: Entity): void {
        this.assertEngineIsAlive();
        const { inputs, outputs } = entity;
        this.account(stack).put({ ...entity, inputs: this.cipher.seal(inputs), outputs: this.cipher.seal(outputs) });
    }

    /** What a killed run had asked for must not appear in the account after the next run has looked at it. */
    private assertEngineIsAlive(): void {
        if (!engineIsAlive()) process.exit(1);
    }

    private account(stack: string): Account {
        const existing = this.accounts.get(stack);
        if (existing) return existing;
        const account = new Account(this.surroundings.accounts, stack);
        this.accounts.set(stack, account);
        return account;
    }
}

function known({ type }: Resource): Kind {
    const kind = kindOf(type);
    if (!kind) throw new Error(`${type} passed the check without being known`);
    return kind;
}

function isOn(value: Value | undefined): boolean {
    return String(reveal(value)) === "true";
}
