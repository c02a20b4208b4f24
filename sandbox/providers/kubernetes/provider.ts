import { version } from "@pulumi/kubernetes/package.json";
import type { Entity } from "../../account/account";
import { readInjectedFaults } from "../../account/injected-faults";
import { Ledger } from "../../account/ledger";
import { isUnknown, type Properties, reveal, type Value } from "../../rpc/values";
import { AccountProvider } from "../account-provider";
import { type Change, changesBetween } from "../diff";
import type { ProviderEnvironment } from "../environment";
import { pathText } from "../path";
import { type Checked, type Created, type Difference, Refusal, type Resource, type Stored, urnOf } from "../provider";
import * as api from "./api-server";
import { check } from "./check";
import { ClusterState, clusterAt } from "./cluster-state";
import { Field } from "./field";
import { COMMON_TOKENS, type Kind, kindOf, RELEASE } from "./kind";
import { namespaceOf, serverOf } from "./kubeconfig";
import { isAutonamed, live, namesOf } from "./object";
import { PlannedNames } from "./planned-name";
import { deployed, refuseRelease, replacingRelease } from "./release";
import { type Mutable, replacing } from "./replacement";
import { fieldsOf } from "./schema";

/** How long an object waits for what it refers to, in milliseconds: another resource of the same run may be about to create it. */
const PATIENCE = 5_000;

const NAMESPACE = "kubernetes:core/v1:Namespace";

/** Emulates the Kubernetes provider over the clusters of the emulated AWS account. It connects to no cluster. */
export class KubernetesProvider extends AccountProvider {
    readonly package = "kubernetes";
    readonly version = version;
    private kubeconfig: Value | undefined;
    private namespace = "default";
    private mutable: Mutable = { configMaps: false, secrets: false };
    private deletesUnreachable = false;
    private readonly namesByStack = new Map<string, PlannedNames>();
    /** The namespaces that this run previews: their labels say which pods they admit. */
    private readonly plannedNamespaces = new Map<string, Field>();

    constructor(
        environment: ProviderEnvironment,
        private readonly patience = PATIENCE,
    ) {
        super(environment);
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
        this.deletesUnreachable = isOn(config.deleteUnreachable ?? process.env.PULUMI_K8S_DELETE_UNREACHABLE);
    }

    /** Another cluster has none of these objects, so all are replaced. Other credentials for the same cluster replace nothing. */
    diffConfig(old: Properties, next: Properties): Pick<Difference, "changes" | "replaces"> {
        const changes = changesBetween(old, next);
        const moved =
            next.clusterIdentifier !== undefined || old.clusterIdentifier !== undefined
                ? reveal(old.clusterIdentifier) !== reveal(next.clusterIdentifier)
                : !isUnknown(next.kubeconfig) && serverOf(old.kubeconfig) !== serverOf(next.kubeconfig);
        return { changes, replaces: moved ? changes.map(({ path }) => String(path[0])) : [] };
    }

    check(resource: Resource, old: Properties, inputs: Properties): Checked {
        return check(resource, old, inputs, this.namespace, this.reachableCluster(resource)?.minor);
    }

    diff(resource: Resource, old: Stored, inputs: Properties): Difference {
        const changes = changesBetween(old.inputs, inputs);
        const kind = kindOf(resource.type);
        this.names(resource.stack).belongs(resource, old.id, serverOf(this.kubeconfig));
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

    invoke(token: string): Properties {
        throw new Refusal(`the sandbox does not emulate ${token}`);
    }

    // These are asynchronous, refusals included, since objects wait for others.
    override async create(resource: Resource, inputs: Properties, preview: boolean): Promise<Created> {
        return super.create(resource, inputs, preview);
    }

    override async read(resource: Resource, id: string): Promise<Stored | undefined> {
        return super.read(resource, id);
    }

    override async update(resource: Resource, old: Stored, inputs: Properties, preview: boolean): Promise<Properties> {
        return super.update(resource, old, inputs, preview);
    }

    protected find(resource: Resource, id: string): Entity | undefined {
        const cluster = this.reachableCluster(resource);
        if (cluster) return cluster.get(resource.type, id);
        if (this.deletesUnreachable) return undefined;
        throw this.unreachable();
    }

    protected missing(resource: Resource, id: string): Refusal {
        if (!this.reachableCluster(resource)) return this.unreachable();
        return new Refusal(`update of resource ${id} failed: it is not in the cluster any more`);
    }

    /** A preview knows the inputs of an object. It refuses pods already that the admission would reject. */
    protected planCreate(resource: Resource, inputs: Properties): Properties {
        const outputs = Object.fromEntries(Object.entries(inputs).filter(([name]) => !name.startsWith("__")));
        const cluster = this.reachableCluster(resource);
        const kind = resource.type === RELEASE ? undefined : known(resource);
        this.names(resource.stack).plan(resource, kind, inputs, serverOf(this.kubeconfig), cluster);
        if (kind === undefined) return outputs;
        const object = Field.of(inputs);
        const { id, name, namespace } = namesOf(inputs);
        if (resource.type === NAMESPACE) this.plannedNamespaces.set(`${resource.stack} ${name}`, object);
        const around =
            this.plannedNamespaces.get(`${resource.stack} ${namespace}`) ??
            cluster?.find("", "Namespace", undefined, namespace ?? "");
        const [reason] = api.templateRefusalIn(around, kind, object);
        if (reason !== undefined && !api.skipsAwait(object))
            throw new Refusal(`resource ${id} will not become live: ${reason}`);
        return outputs;
    }

    protected async createEntity(resource: Resource, inputs: Properties): Promise<Created> {
        const context = this.context(resource);
        if (resource.type !== RELEASE) return api.create(resource, known(resource), inputs, context);
        const id = refuseRelease(inputs, context.cluster);
        const outputs = deployed(inputs, undefined);
        context.put({ ...context.entity(resource), id, inputs, outputs });
        return { id, outputs };
    }

    protected async observe(resource: Resource, entity: Entity): Promise<Stored> {
        return resource.type === RELEASE ? entity : api.look(resource, known(resource), entity, this.context(resource));
    }

    protected refuseUpdate(resource: Resource, old: Stored, inputs: Properties): void {
        if (resource.type !== RELEASE) api.refuseFrozen(known(resource), old.inputs, inputs);
    }

    protected planUpdate(resource: Resource, old: Stored, inputs: Properties): Properties {
        const outputs = this.planCreate(resource, inputs);
        const { status } = old.outputs;
        return resource.type === RELEASE
            ? { ...outputs, status }
            : { ...live(known(resource), outputs, old.outputs), status };
    }

    protected async updateEntity(
        resource: Resource,
        entity: Entity,
        _old: Stored,
        inputs: Properties,
    ): Promise<Properties> {
        const context = this.context(resource);
        if (resource.type !== RELEASE)
            return (await api.update(resource, known(resource), entity, inputs, context)).outputs;
        const outputs = deployed(inputs, entity.outputs);
        context.put({ ...entity, inputs, outputs });
        return outputs;
    }

    protected deleteEntity(resource: Resource, entity: Entity): void {
        const { cluster } = this.context(resource);
        // A namespace is deleted together with everything in it.
        const contents = resource.type === NAMESPACE ? cluster.inNamespace(entity.id) : [];
        for (const one of [...contents, entity]) this.store.remove(resource.stack, one);
    }

    private names(stack: string): PlannedNames {
        const existing = this.namesByStack.get(stack);
        if (existing) return existing;
        const names = new PlannedNames(new Ledger(this.environment.accounts, stack));
        this.namesByStack.set(stack, names);
        return names;
    }

    private replacements(resource: Resource, old: Stored, changes: Change[]): Change[] {
        const kind = kindOf(resource.type);
        if (resource.type === RELEASE) return replacingRelease(changes);
        return kind ? replacing(kind, old.inputs, changes, this.mutable) : [];
    }

    private context(resource: Resource): api.OperationContext {
        const cluster = this.reachableCluster(resource);
        if (!cluster) throw this.unreachable();
        const { region, server } = cluster;
        const { run, accounts } = this.environment;
        return {
            cluster,
            region,
            failingJobs: readInjectedFaults(accounts, resource.stack).failingJobs,
            patience: this.patience,
            entity: (one) => ({ type: one.type, name: one.name, urn: urnOf(one), region, run, within: server }),
            put: (entity) => this.store.put(resource.stack, entity),
        };
    }

    /** The cluster that the kubeconfig leads to; undefined where the account has none at that endpoint. */
    private reachableCluster({ stack }: Resource): ClusterState | undefined {
        const account = this.store.account(stack);
        const server = serverOf(this.kubeconfig);
        const entity = clusterAt(account, server);
        return entity && new ClusterState(account, this.store.cipher, server ?? "", entity);
    }

    private unreachable(): Refusal {
        const server = serverOf(this.kubeconfig);
        const reason = server
            ? `Get "${server}/openapi/v2?timeout=32s": dial tcp: connect: connection refused (no aws:eks/cluster:Cluster of the account has this endpoint)`
            : "the kubeconfig names no server";
        return new Refusal(
            `configured Kubernetes cluster is unreachable: unable to load schema information from the API server: ${reason}`,
        );
    }
}

function known({ type }: Resource): Kind {
    const kind = kindOf(type);
    if (!kind) throw new Error(`${type} passed the check although the sandbox does not know it`);
    return kind;
}

function isOn(value: Value | undefined): boolean {
    return String(reveal(value)) === "true";
}
