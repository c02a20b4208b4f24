import * as path from "node:path";
import type { Properties } from "../rpc/values";
import { Journal } from "./journal";

/** Something that exists in an emulated account. */
export interface Entity {
    /** The Pulumi type token, such as `aws:ec2/vpc:Vpc`. */
    type: string;
    id: string;
    /** The Pulumi name of the resource that made it, for messages. */
    name: string;
    region: string;
    /** What it is in where that is no part of its id: the endpoint of the cluster that a Kubernetes object is in. */
    within?: string;
    inputs: Properties;
    outputs: Properties;
    /** The run that made it. */
    run: string;
    /** For a resource that existed before any run: the inputs that `Sandbox.<stack>.yaml` gave it. */
    seed?: Properties;
    /** The key of what it was made together with, as a cluster's own security group: it goes with that. */
    owner?: string;
    /** Why it is still there although it was deleted, as a key that is pending deletion; it is nobody's resource any more. */
    retained?: string;
}

/** One step from an account that is whole to another: first what goes, then what comes. */
interface Entry {
    remove?: string;
    put?: Entity;
}

/**
 * The emulated AWS account of one stack: a journal on disk, and what it adds up to in memory. Secrets in the entities are to be sealed
 * by whoever stores them (`Cipher`).
 */
export class Account {
    private readonly journal: Journal<Entry>;
    private readonly entities = new Map<string, Entity>();

    constructor(
        directory: string,
        readonly stack: string,
    ) {
        this.journal = new Journal(path.join(directory, `${stack}.jsonl`));
    }

    static key(type: string, id: string, within?: string): string {
        return within === undefined ? `${type} ${id}` : `${type} ${id} ${within}`;
    }

    records(): Entity[] {
        this.catchUp();
        return [...this.entities.values()];
    }

    ofType(type: string): Entity[] {
        return this.records().filter((entity) => entity.type === type);
    }

    get(type: string, id: string, within?: string): Entity | undefined {
        this.catchUp();
        return this.entities.get(Account.key(type, id, within));
    }

    put(entity: Entity): void {
        this.journal.append({ put: entity });
    }

    /** Takes a resource out and puts what it leaves, if anything, in its place: a crash finds the one or the other. */
    remove(type: string, id: string, remains?: Entity, within?: string): void {
        this.journal.append({ remove: Account.key(type, id, within), put: remains });
    }

    /**
     * Takes back what `run` made and the engine's state never heard of: nothing can refer to it, and the next run makes it again.
     * Also shortens the journal to what exists. Only for when nobody else uses the account.
     */
    rollBack(run: string, inState: ReadonlySet<string>): void {
        this.journal.repair();
        const kept = this.records().filter(
            (entity) =>
                entity.run !== run ||
                entity.retained !== undefined ||
                inState.has(entity.owner ?? Account.key(entity.type, entity.id)),
        );
        this.journal.rewrite(kept.map((entity) => ({ put: entity })));
    }

    /** Forgets an entity and what was made together with it. */
    private drop(key: string): void {
        this.entities.delete(key);
        for (const [other, { owner }] of this.entities) if (owner === key) this.entities.delete(other);
    }

    private catchUp(): void {
        for (const entry of this.journal.news()) {
            if (entry.remove !== undefined) this.drop(entry.remove);
            if (entry.put) this.entities.set(keyOf(entry.put), entry.put);
        }
    }
}

function keyOf({ type, id, within }: Entity): string {
    return Account.key(type, id, within);
}
