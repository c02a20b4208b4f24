import { randomBytes } from "node:crypto";
import { version } from "@pulumi/aws/package.json";
import { Account, type Entity } from "../../account/account";
import { Ledger } from "../../account/ledger";
import { readOfferedNames } from "../../account/offered-names";
import { HOW_TO_RUN_UNEMULATED, listed } from "../../account/unemulated";
import { type Properties, reveal, type Value } from "../../rpc/values";
import { AccountProvider } from "../account-provider";
import {
    ApiError,
    type Checked,
    type Created,
    type Difference,
    Refusal,
    type Resource,
    type Stored,
    urnOf,
} from "../provider";
import { check } from "./check";
import { difference } from "./difference";
import { factsOf, type TypeFacts } from "./facts";
import { invoke } from "./function";
import { genericType } from "./generic/type";
import { keptOutputs, outputsOf, previewOutputs } from "./output";
import { placeOf } from "./place";
import { finderIn, refuse, refuseCreation, refuseDeletion, refuseUpdateConflicts } from "./refusal";
import {
    type Creation,
    type Deletion,
    Inputs,
    type ResourceType,
    type SideEffects,
    type Update,
} from "./resource-type";
import { resourceTypes } from "./types";
import { UniqueNames } from "./unique-name";

/** The account number where the configuration names none. */
export const ACCOUNT_ID = "123456789012";

/** What the operations return: AWS answers at once here. */
interface Answers {
    created: Created;
    read: Stored | undefined;
    outputs: Properties;
}

/** Emulates the AWS provider over an account on disk, one for each stack. */
export class AwsProvider extends AccountProvider<Answers> {
    readonly package = "aws";
    readonly version = version;
    private region = "us-east-1";
    private accountId = ACCOUNT_ID;
    private stack = "";
    private readonly namesByStack = new Map<string, UniqueNames>();
    private readonly offeredByStack = new Map<string, string[]>();

    inputNames(): Record<string, string[]> {
        return Object.fromEntries(
            Object.keys(resourceTypes).map((token) => [token, Object.keys(known(token).facts.inputs)]),
        );
    }

    enter(stack: string): void {
        this.stack = stack;
    }

    configure(config: Properties): void {
        const { unemulated } = this.environment;
        if (unemulated?.mode === "list" && unemulated.wasPreviewed())
            throw new Refusal(`the sandbox does not emulate\n${listed(unemulated.counts())}\n${HOW_TO_RUN_UNEMULATED}`);
        const region = reveal(config.region);
        if (typeof region === "string") this.region = region;
        // The provider's nested configuration arrives as JSON text.
        const allowed = reveal(config.allowedAccountIds);
        const ids = typeof allowed === "string" ? (JSON.parse(allowed) as Value) : allowed;
        if (Array.isArray(ids) && typeof ids[0] === "string") this.accountId = ids[0];
    }

    check(resource: Resource, old: Properties, inputs: Properties): Checked {
        const place = { region: this.region, alsoOffered: this.alsoOffered(resource.stack) };
        return check(resource, old, inputs, place, this.environment.unemulated);
    }

    diff(resource: Resource, old: Stored, inputs: Properties): Difference {
        this.names(resource.stack).belongs(resource, old.id);
        const found = difference(resource.type, old.inputs, inputs);
        return this.hasMoved(resource, old, inputs) ? replacedIn(found, "region") : found;
    }

    /**
     * Whether the provider's region is another than the one that a resource is in. A resource without a region of its own is
     * replaced then; global ones have no such input.
     * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
     */
    private hasMoved({ type }: Resource, { outputs }: Stored, inputs: Properties): boolean {
        if (factsOf(type)?.inputs.region === undefined || inputs.region !== undefined) return false;
        return typeof outputs.region === "string" && outputs.region !== this.region;
    }

    invoke(token: string, args: Properties): Properties {
        const records = () => this.store.account(this.stack).records();
        return invoke(token, args, {
            unemulated: this.environment.unemulated,
            region: this.region,
            accountId: this.accountId,
            records,
            all: (type) =>
                records()
                    .filter((entity) => entity.type === type && !entity.retained)
                    .map((entity) => this.store.unsealed(entity)),
        });
    }

    protected find(resource: Resource, id: string): Entity | undefined {
        const entity = this.store.account(resource.stack).get(resource.type, id);
        return entity?.retained ? undefined : entity;
    }

    protected missing(resource: Resource, id: string): Refusal {
        return new ApiError(
            known(resource.type).type.notFound ?? "NotFound",
            `${resource.name} (${id}) does not exist`,
        );
    }

    protected planCreate(resource: Resource, inputs: Properties): Properties {
        this.names(resource.stack).plan(resource, this.creation(resource, inputs));
        return previewOutputs(known(resource.type).facts, inputs, this.region);
    }

    protected createEntity(resource: Resource, inputs: Properties): Created {
        const { type, facts } = known(resource.type);
        const creation = this.creation(resource, inputs);
        refuseCreation(resource, type, creation, this.names(resource.stack));
        const id = type.id(creation);
        const outputs = outputsOf(facts, inputs, type.outputs?.({ ...creation, id }) ?? {}, this.region);
        const common = { name: resource.name, region: this.region, run: this.environment.run };
        // Companions come before their owner: after a crash in between, the next run removes them.
        for (const companion of type.companions?.({ ...creation, id, outputs }) ?? [])
            this.store.put(resource.stack, { ...common, ...companion, owner: Account.key(resource.type, id) });
        this.store.put(resource.stack, { ...common, type: resource.type, id, urn: urnOf(resource), inputs, outputs });
        this.apply(resource.stack, type.sideEffects?.({ ...creation, id }));
        return { id, outputs };
    }

    protected observe(_resource: Resource, { id, inputs, outputs }: Entity): Stored {
        return { id, inputs, outputs };
    }

    protected refuseUpdate(resource: Resource, old: Stored, inputs: Properties): void {
        const update = this.updateOf(resource, old, inputs);
        refuse(known(resource.type).type.updateErrors, `updating ${resource.name}`, update);
    }

    protected planUpdate(resource: Resource, old: Stored, inputs: Properties): Properties {
        const { facts } = known(resource.type);
        this.names(resource.stack).plan(resource, this.creation(resource, inputs), old.id);
        return outputsOf(facts, inputs, keptOutputs(facts, old, inputs), this.region);
    }

    protected updateEntity(resource: Resource, entity: Entity, old: Stored, inputs: Properties): Properties {
        const { type, facts } = known(resource.type);
        const update = { ...this.updateOf(resource, old, inputs), id: old.id };
        const added = { ...keptOutputs(facts, old, inputs), ...type.updates?.(update) };
        const outputs = outputsOf(facts, inputs, added, this.region);
        refuseUpdateConflicts(resource, type, update, this.names(resource.stack));
        this.store.put(resource.stack, { ...entity, urn: urnOf(resource), inputs, outputs });
        this.apply(resource.stack, type.sideEffects?.(update));
        return outputs;
    }

    protected deleteEntity(resource: Resource, entity: Entity): void {
        const { type } = known(resource.type);
        const account = this.store.account(resource.stack);
        const inputs = new Inputs(entity.inputs);
        const deletion: Deletion = { entity, inputs, all: (wanted) => account.ofType(wanted) };
        refuseDeletion(resource, type, deletion, account);
        const tombstone = type.tombstone?.(deletion);
        this.apply(resource.stack, { removes: type.cascadeDelete?.(deletion) });
        this.store.remove(
            resource.stack,
            entity,
            tombstone && { ...entity, type: tombstone.type, id: tombstone.id, retained: tombstone.reason },
        );
    }

    private apply(stack: string, { puts = [], removes = [] }: SideEffects = {}): void {
        for (const entity of puts) this.store.put(stack, entity);
        for (const entity of removes) this.store.remove(stack, entity);
    }

    /** Read once: there is a check of every resource, and the launcher wrote the file before. */
    private alsoOffered(stack: string): string[] {
        const known = this.offeredByStack.get(stack) ?? readOfferedNames(this.environment.accounts, stack);
        this.offeredByStack.set(stack, known);
        return known;
    }

    private names(stack: string): UniqueNames {
        const existing = this.namesByStack.get(stack);
        if (existing) return existing;
        const { store } = this;
        const ledger = new Ledger(this.environment.accounts, stack);
        const names = new UniqueNames(store.account(stack), ledger, (entity) => store.unsealed(entity));
        this.namesByStack.set(stack, names);
        return names;
    }

    private updateOf(resource: Resource, old: Stored, inputs: Properties): Update {
        return {
            ...this.creation(resource, inputs),
            ...{ old: new Inputs(old.inputs), outputs: new Inputs(old.outputs) },
        };
    }

    private creation(resource: Resource, inputs: Properties): Creation {
        const account = this.store.account(resource.stack);
        return {
            inputs: new Inputs(inputs),
            ...placeOf(this.region),
            accountId: this.accountId,
            name: resource.name,
            hex: (length) => randomBytes(length).toString("hex").slice(0, length),
            find: finderIn(account),
            all: (type) => account.ofType(type),
        };
    }
}

/** `found`, with a change of `property` that needs a new resource. */
function replacedIn({ changes, replaces, deleteBeforeReplace }: Difference, property: string): Difference {
    return {
        changes: [...changes, { path: [property], kind: "change" }],
        replaces: [...replaces, property],
        deleteBeforeReplace,
    };
}

function known(token: string): { type: ResourceType; facts: TypeFacts } {
    const type = resourceTypes[token] ?? genericType(token)?.type;
    const facts = factsOf(token);
    if (!type || !facts) throw new Error(`${token} passed the check although the sandbox does not know it`);
    return { type, facts };
}
