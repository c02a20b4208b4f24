import { Account, type Entity } from "../account/account";
import { Cipher } from "../account/cipher";
import { engineIsAlive } from "../rpc/server";
import type { ProviderEnvironment } from "./environment";

/**
 * The emulated accounts as a provider uses them: opened once each, with their secrets encrypted on disk, and written only while the
 * engine that asked is alive.
 */
export class AccountStore {
    readonly cipher: Cipher;
    private readonly accounts = new Map<string, Account>();

    constructor(private readonly environment: ProviderEnvironment) {
        this.cipher = new Cipher(environment.passphrase);
    }

    /** The account of a stack. The entities in it are sealed. */
    account(stack: string): Account {
        const existing = this.accounts.get(stack);
        if (existing) return existing;
        const account = new Account(this.environment.accounts, stack);
        this.accounts.set(stack, account);
        return account;
    }

    put(stack: string, entity: Entity): void {
        assertEngineIsAlive();
        this.account(stack).put(this.sealed(entity));
    }

    /** Removes a resource and puts its tombstone in its place, where it leaves one. */
    remove(stack: string, { type, id, within }: Pick<Entity, "type" | "id" | "within">, tombstone?: Entity): void {
        assertEngineIsAlive();
        this.account(stack).remove(type, id, tombstone && this.sealed(tombstone), within, this.environment.run);
    }

    /** An entity with its secrets decrypted. */
    unsealed(entity: Entity): Entity {
        return { ...entity, inputs: this.cipher.open(entity.inputs), outputs: this.cipher.open(entity.outputs) };
    }

    private sealed(entity: Entity): Entity {
        return { ...entity, inputs: this.cipher.seal(entity.inputs), outputs: this.cipher.seal(entity.outputs) };
    }
}

/** A request of a run that was killed must not change the account after the next run has read it. */
function assertEngineIsAlive(): void {
    if (!engineIsAlive()) process.exit(1);
}
