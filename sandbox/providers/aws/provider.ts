import { randomBytes } from "node:crypto";
import { version } from "@pulumi/aws/package.json";
import { Account, type Entity } from "../../account/account";
import { Cipher } from "../../account/cipher";
import { Ledger } from "../../account/ledger";
import { engineIsAlive } from "../../rpc/server";
import {
    isObject,
    isUnknown,
    type Properties,
    reveal,
    revealDeep,
    Secret,
    UNKNOWN,
    type Value,
} from "../../rpc/values";
import { ApiError, type Checked, type Difference, type Provider, type Resource, type Stored, urnOf } from "../provider";
import { check } from "./check";
import { difference } from "./difference";
import { factsOf, type TypeFacts } from "./facts";
import { invoke } from "./functions";
import { Names } from "./names";
import { referencesOf } from "./references";
import {
    type Creation,
    type Deletion,
    holds,
    Inputs,
    type ResourceType,
    type SideEffects,
    type Update,
} from "./resource-type";
import { resourceTypes } from "./types";

/** The account number where the configuration pins none. */
export const ACCOUNT_ID = "123456789012";

/** What the provider is told by the environment that the launcher made. */
export interface Surroundings {
    accounts: string;
    passphrase: string;
    run: string;
}

/** Emulates the AWS provider over an account on disk, one for each stack. */
export class AwsProvider implements Provider {
    readonly package = "aws";
    readonly version = version;
    private region = "us-east-1";
    private accountId = ACCOUNT_ID;
    private stack = "";
    private readonly cipher: Cipher;
    private readonly accounts = new Map<string, Account>();
    private readonly namesByStack = new Map<string, Names>();

    constructor(private readonly surroundings: Surroundings) {
        this.cipher = new Cipher(surroundings.passphrase);
    }

    inputNames(): Record<string, string[]> {
        return Object.fromEntries(
            Object.keys(resourceTypes).map((token) => [token, Object.keys(known(token).facts.inputs)]),
        );
    }

    enter(stack: string): void {
        this.stack = stack;
    }

    configure(config: Properties): void {
        const region = reveal(config.region);
        if (typeof region === "string") this.region = region;
        // The provider's nested configuration arrives as JSON text.
        const allowed = reveal(config.allowedAccountIds);
        const ids = typeof allowed === "string" ? (JSON.parse(allowed) as Value) : allowed;
        if (Array.isArray(ids) && typeof ids[0] === "string") this.accountId = ids[0];
    }

    check(resource: Resource, old: Properties, inputs: Properties): Checked {
        return check(resource, old, inputs);
    }

    diff(resource: Resource, old: Stored, inputs: Properties): Difference {
        this.names(resource.stack).belongs(resource, old.id);
        return difference(resource.type, old.inputs, inputs);
    }

    create(resource: Resource, inputs: Properties, preview: boolean): { id: string; outputs: Properties } {
        const { type, facts } = known(resource.type);
        if (preview) {
            this.names(resource.stack).plan(resource, this.creation(resource, inputs));
            return { id: "", outputs: this.previewOutputs(facts, inputs) };
        }
        const creation = this.creation(resource, inputs);
        this.refuseMissingReferences(resource, creation);
        this.names(resource.stack).refuseTaken(resource, creation);
        for (const rule of type.conflicts ?? []) {
            if (holds(rule, creation))
                throw new ApiError(rule.code, `creating ${resource.name}: ${rule.say(creation)}`);
        }
        const id = type.id(creation);
        const outputs = this.outputsOf(facts, inputs, type.outputs?.({ ...creation, id }) ?? {});
        const common = { name: resource.name, region: this.region, run: this.surroundings.run };
        // Before their owner: a crash in between leaves what the next run takes back.
        for (const brought of type.brings?.({ ...creation, id, outputs }) ?? [])
            this.commit(resource.stack, { ...common, ...brought, owner: Account.key(resource.type, id) });
        this.commit(resource.stack, { ...common, type: resource.type, id, urn: urnOf(resource), inputs, outputs });
        this.carryOut(resource.stack, type.besides?.({ ...creation, id }));
        return { id, outputs };
    }

    read(resource: Resource, id: string): Stored | undefined {
        const entity = this.account(resource.stack).get(resource.type, id);
        if (!entity || entity.retained) return undefined;
        return { id, inputs: this.cipher.open(entity.inputs), outputs: this.cipher.open(entity.outputs) };
    }

    update(resource: Resource, old: Stored, inputs: Properties, preview: boolean): Properties {
        const { type, facts } = known(resource.type);
        const update: Update = {
            ...this.creation(resource, inputs),
            ...{ old: new Inputs(old.inputs), outputs: new Inputs(old.outputs) },
        };
        this.refuseForbidden(resource, type, update);
        // What AWS chose at creation stays; what was given goes with its input.
        const chosen = Object.entries(old.outputs).filter(
            ([name]) => (!(name in old.inputs) && !(name in inputs)) || filledBlock(facts, name),
        );
        const kept = Object.fromEntries(chosen);
        const names = this.names(resource.stack);
        if (preview) {
            names.plan(resource, update, old.id);
            return this.outputsOf(facts, inputs, kept);
        }
        const outputs = this.outputsOf(facts, inputs, { ...kept, ...type.updates?.({ ...update, id: old.id }) });
        const entity = this.account(resource.stack).get(resource.type, old.id);
        if (!entity) throw new ApiError(type.notFound ?? "NotFound", `${resource.name} (${old.id}) does not exist`);
        this.refuseMissingReferences(resource, update);
        names.refuseTaken(resource, update, old.id);
        for (const rule of type.updateConflicts ?? []) {
            if (holds(rule, update)) throw new ApiError(rule.code, `updating ${resource.name}: ${rule.say(update)}`);
        }
        this.commit(resource.stack, { ...entity, urn: urnOf(resource), inputs, outputs });
        this.carryOut(resource.stack, type.besides?.({ ...update, id: old.id }));
        return outputs;
    }

    delete(resource: Resource, old: Stored): void {
        const { type } = known(resource.type);
        const account = this.account(resource.stack);
        const entity = account.get(resource.type, old.id);
        if (!entity || entity.retained) return; // gone already, as after a delete that was interrupted
        const deletion: Deletion = {
            entity,
            inputs: new Inputs(this.cipher.open(entity.inputs)),
            all: (wanted) => account.ofType(wanted),
        };
        for (const rule of type.keeps ?? []) {
            if (holds(rule, deletion))
                throw new ApiError(rule.code, `deleting ${resource.name}: ${rule.say(deletion)}`);
        }
        this.refuseWhereUsed(resource, type, entity, account);
        const remains = type.leaves?.(deletion);
        this.carryOut(resource.stack, { removes: type.takes?.(deletion) });
        this.assertEngineIsAlive();
        account.remove(
            entity.type,
            entity.id,
            remains && { ...entity, type: remains.type, id: remains.id, retained: remains.because },
        );
    }

    invoke(token: string, args: Properties): Properties {
        const records = () => this.account(this.stack).records();
        return invoke(token, args, {
            region: this.region,
            accountId: this.accountId,
            records,
            all: (type) =>
                records()
                    .filter((entity) => entity.type === type && !entity.retained)
                    .map((entity) => ({ ...entity, outputs: this.cipher.open(entity.outputs) })),
        });
    }

    private previewOutputs(facts: TypeFacts, inputs: Properties): Properties {
        const left = Object.keys(facts.inputs).filter((name) => facts.inputs[name]?.computed && !(name in inputs));
        const unknown = [...facts.computedOnly, ...left].map((name): [string, Value] => [name, UNKNOWN]);
        for (const name of Object.keys(facts.inputs)) {
            const filled = filledBlock(facts, name);
            if (filled) unknown.push([name, Object.fromEntries(filled.map((inner) => [inner, UNKNOWN]))]);
        }
        return this.outputsOf(facts, inputs, Object.fromEntries(unknown));
    }

    /** The outputs of a resource: its inputs, over what AWS adds to them. */
    private outputsOf(facts: TypeFacts, inputs: Properties, added: Properties): Properties {
        const outputs: Properties = {
            ...derivedSecrets(added, inputs),
            region: this.region,
            ...("tags" in facts.inputs && { tagsAll: inputs.tags ?? {} }),
        };
        for (const [name, value] of Object.entries(inputs)) {
            if (name.startsWith("__") || value === undefined) continue;
            outputs[name] = facts.inputs[name]?.sensitive && !(value instanceof Secret) ? new Secret(value) : value;
            const filled = filledBlock(facts, name);
            const by = added[name];
            if (filled && isObject(value) && isObject(by)) {
                outputs[name] = { ...Object.fromEntries(filled.map((inner) => [inner, by[inner]])), ...value };
            }
        }
        return outputs;
    }

    private creation(resource: Resource, inputs: Properties): Creation {
        const account = this.account(resource.stack);
        return {
            inputs: new Inputs(inputs),
            region: this.region,
            accountId: this.accountId,
            name: resource.name,
            hex: (length) => randomBytes(length).toString("hex").slice(0, length),
            find: finder(account),
            all: (type) => account.ofType(type),
        };
    }

    private refuseForbidden(resource: Resource, type: ResourceType, update: Update): void {
        for (const rule of type.forbids ?? []) {
            if (holds(rule, update)) throw new ApiError(rule.code, `updating ${resource.name}: ${rule.say(update)}`);
        }
    }

    private refuseMissingReferences(resource: Resource, creation: Creation): void {
        for (const { property, type, handle, notFound } of referencesOf(resource.type, creation.inputs.properties)) {
            if (creation.find(type, handle)) continue;
            throw new ApiError(
                notFound,
                `${resource.name}: ${property} names ${handle}, and there is no such ${type} in the account`,
            );
        }
    }

    private refuseWhereUsed(resource: Resource, type: ResourceType, entity: Entity, account: Account): void {
        const user = account
            .records()
            .filter((other) => !other.retained && other !== entity)
            .find((other) =>
                [
                    ...[...referencesOf(other.type, other.inputs)].filter(({ weak }) => !weak),
                    ...(resourceTypes[other.type]?.uses?.(other, finder(account)) ?? []),
                ].some((reference) => reference.type === entity.type && answersTo(entity, reference.handle)),
            );
        if (!user) return;
        throw new ApiError(
            type.inUse ?? "DependencyViolation",
            `deleting ${resource.name}: ${entity.id} is in use by ${user.name} (${user.type} ${user.id})`,
        );
    }

    private commit(stack: string, entity: Entity): void {
        this.assertEngineIsAlive();
        this.account(stack).put({
            ...entity,
            inputs: this.cipher.seal(entity.inputs),
            outputs: this.cipher.seal(entity.outputs),
        });
    }

    private carryOut(stack: string, { puts = [], removes = [] }: SideEffects = {}): void {
        for (const entity of puts) this.commit(stack, entity);
        for (const { type, id } of removes) {
            this.assertEngineIsAlive();
            this.account(stack).remove(type, id);
        }
    }

    /** What a killed run had asked for must not appear in the account after the next run has looked at it. */
    private assertEngineIsAlive(): void {
        if (!engineIsAlive()) process.exit(1);
    }

    private names(stack: string): Names {
        const existing = this.namesByStack.get(stack);
        if (existing) return existing;
        const ledger = new Ledger(this.surroundings.accounts, stack);
        const names = new Names(this.account(stack), ledger, (properties) => this.cipher.open(properties));
        this.namesByStack.set(stack, names);
        return names;
    }

    private account(stack: string): Account {
        const existing = this.accounts.get(stack);
        if (existing) return existing;
        const account = new Account(this.surroundings.accounts, stack);
        this.accounts.set(stack, account);
        return account;
    }
}

function known(token: string): { type: ResourceType; facts: TypeFacts } {
    const type = resourceTypes[token];
    const facts = factsOf(token);
    if (!type || !facts) throw new Error(`${token} passed the check without being known`);
    return { type, facts };
}

function finder(account: Account): Creation["find"] {
    return (type, handle) =>
        account.records().find((entity) => entity.type === type && !entity.retained && answersTo(entity, handle));
}

/** The inputs inside a block that AWS fills where they are left out, or undefined where it fills none. */
function filledBlock(facts: TypeFacts, name: string): string[] | undefined {
    const filled = Object.entries(facts.inputs[name]?.nested ?? {}).filter(([, { computed }]) => computed);
    return filled.length > 0 ? filled.map(([inner]) => inner) : undefined;
}

/** Whether `handle` is a way to name this entity: its id, its ARN, or its physical name. */
function answersTo(entity: Entity, handle: string): boolean {
    const name = resourceTypes[entity.type]?.name;
    return (
        entity.id === handle || entity.outputs.arn === handle || (name !== undefined && entity.inputs[name] === handle)
    );
}

/** What is made from a secret is secret: any output in whose text a secret input, or a secret inside one, stands. */
function derivedSecrets(outputs: Properties, inputs: Properties): Properties {
    const secrets = secretTexts(inputs, false);
    return Object.fromEntries(
        Object.entries(outputs).map(([name, value]) => {
            const text = value === undefined || isUnknown(value) ? "" : JSON.stringify(revealDeep(value));
            const derived = secrets.some((secret) => text.includes(JSON.stringify(secret).slice(1, -1)));
            return [name, derived && value !== undefined && !(value instanceof Secret) ? new Secret(value) : value];
        }),
    );
}

/** The texts that are secret in `value`, however deep they stand in it and in its secrets. */
function secretTexts(value: Value | undefined, secret: boolean): string[] {
    if (value instanceof Secret) return secretTexts(value.value, true);
    if (typeof value === "string") return secret && value !== "" ? [value] : [];
    if (Array.isArray(value)) return value.flatMap((item) => secretTexts(item, secret));
    return isObject(value) ? Object.values(value).flatMap((item) => secretTexts(item, secret)) : [];
}
