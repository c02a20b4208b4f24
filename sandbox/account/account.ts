import * as path from "node:path";
import type { Properties } from "../rpc/values";
import { Journal } from "./journal";

/** A resource in an emulated account. */
export interface Entity {
    /** The Pulumi type token, such as `aws:ec2/vpc:Vpc`. */
    type: string;
    id: string;
    /** The Pulumi name of the resource, for messages. */
    name: string;
    /** The URN of that resource, where a program made it. */
    urn?: string;
    region: string;
    /** For a Kubernetes object: the endpoint of its cluster. Ids are unique only within it. */
    within?: string;
    inputs: Properties;
    outputs: Properties;
    /** The id of the run that created it. */
    run: string;
    /** For a resource that existed before any run: the inputs that `Sandbox.<stack>.yaml` gave it. */
    seed?: Properties;
    /** The key of the resource that it is a companion of, such as the cluster of a cluster security group. It is deleted with its owner. */
    owner?: string;
    /** For a tombstone: why it is still there after its deletion, such as a key that is pending deletion. No stack owns it any more. */
    retained?: string;
}

/** One change of an account: a removal, an addition, or both at once. */
interface Entry {
    remove?: string;
    /** The id of the run that removed it. */
    by?: string;
    put?: Entity;
}

/**
 * The emulated AWS account of one stack: a journal on disk, and its result in memory. Whoever stores entities seals their secrets
 * first (`Cipher`).
 */
export class Account {
    private readonly journal: Journal<Entry>;
    private readonly entities = new Map<string, Entity>();
    /** What is not there any more, with the run that removed it. */
    private readonly removals = new Map<string, string>();

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

    /** Removes a resource and adds its tombstone, if any, in one step: after a crash exactly one of the two is there. */
    remove(type: string, id: string, remains?: Entity, within?: string, run?: string): void {
        this.journal.append({ remove: Account.key(type, id, within), by: run, put: remains });
    }

    /** The keys of what a run has removed, as far as the journal has not been shortened since. */
    removedBy(runs: readonly string[]): ReadonlySet<string> {
        this.catchUp();
        return new Set([...this.removals].filter(([, run]) => runs.includes(run)).map(([key]) => key));
    }

    /**
     * Removes what `run` created and the engine's state does not have: nothing can refer to it, and the next run creates it again.
     * Also shortens the journal to what exists. Call it only while no other process uses the account.
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

    /** Removes an entity and its companions. */
    private drop(key: string): void {
        this.entities.delete(key);
        for (const [other, { owner }] of this.entities) if (owner === key) this.entities.delete(other);
    }

    private catchUp(): void {
        for (const entry of this.journal.news()) {
            if (entry.remove !== undefined) {
                this.drop(entry.remove);
                if (entry.by !== undefined) this.removals.set(entry.remove, entry.by);
            }
            if (entry.put) {
                this.entities.set(keyOf(entry.put), entry.put);
                this.removals.delete(keyOf(entry.put));
            }
        }
    }
}

function keyOf({ type, id, within }: Entity): string {
    return Account.key(type, id, within);
}
