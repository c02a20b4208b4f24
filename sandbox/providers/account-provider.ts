import type { Entity } from "../account/account";
import type { Properties } from "../rpc/values";
import { AccountStore } from "./account-store";
import type { ProviderEnvironment } from "./environment";
import type { Checked, Created, Difference, Provider, Refusal, Resource, Stored } from "./provider";

/** What the operations of a provider return: at once, or later where it waits for other resources. */
export interface Results {
    created: Created | Promise<Created>;
    read: Stored | undefined | Promise<Stored | undefined>;
    outputs: Properties | Promise<Properties>;
}

/**
 * A provider over the emulated accounts. It does what is the same for every service: a preview only plans, and what is read, updated or
 * deleted is looked up in the account first. A service adds what it decides and refuses.
 */
export abstract class AccountProvider<R extends Results = Results> implements Provider {
    abstract readonly package: string;
    abstract readonly version: string;
    protected readonly store: AccountStore;

    constructor(protected readonly environment: ProviderEnvironment) {
        this.store = new AccountStore(environment);
    }

    abstract inputNames(): Record<string, string[]>;
    abstract configure(config: Properties): void;
    abstract check(resource: Resource, old: Properties, inputs: Properties): Checked;
    abstract diff(resource: Resource, old: Stored, inputs: Properties): Difference;
    abstract invoke(token: string, args: Properties): Properties;

    create(resource: Resource, inputs: Properties, preview: boolean): Created | R["created"] {
        if (preview) return { id: "", outputs: this.planCreate(resource, inputs) };
        return this.createEntity(resource, inputs);
    }

    read(resource: Resource, id: string): R["read"] | undefined {
        const entity = this.find(resource, id);
        return entity && this.observe(resource, this.store.unsealed(entity));
    }

    update(resource: Resource, old: Stored, inputs: Properties, preview: boolean): Properties | R["outputs"] {
        this.refuseUpdate(resource, old, inputs);
        if (preview) return this.planUpdate(resource, old, inputs);
        const entity = this.find(resource, old.id);
        if (!entity) throw this.missing(resource, old.id);
        return this.updateEntity(resource, this.store.unsealed(entity), old, inputs);
    }

    delete(resource: Resource, old: Stored): void {
        const entity = this.find(resource, old.id);
        if (!entity) return; // already deleted, as by a delete that was interrupted
        this.deleteEntity(resource, this.store.unsealed(entity));
    }

    /** The resource in the account, sealed; undefined where it does not exist, or is there only as a tombstone. */
    protected abstract find(resource: Resource, id: string): Entity | undefined;
    /** The refusal of an update of a resource that does not exist. */
    protected abstract missing(resource: Resource, id: string): Refusal;

    /** The outputs as far as a preview of a creation knows them. */
    protected abstract planCreate(resource: Resource, inputs: Properties): Properties;
    protected abstract createEntity(resource: Resource, inputs: Properties): R["created"];

    /** What a refresh sees of a resource that exists. */
    protected abstract observe(resource: Resource, entity: Entity): R["read"];

    /** Throws where the service refuses the change whatever else is in the account: in a preview already. */
    protected abstract refuseUpdate(resource: Resource, old: Stored, inputs: Properties): void;
    /** The outputs as far as a preview of an update knows them. */
    protected abstract planUpdate(resource: Resource, old: Stored, inputs: Properties): Properties;
    protected abstract updateEntity(resource: Resource, entity: Entity, old: Stored, inputs: Properties): R["outputs"];

    protected abstract deleteEntity(resource: Resource, entity: Entity): void;
}
