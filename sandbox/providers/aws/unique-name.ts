import { Account, type Entity } from "../../account/account";
import type { Ledger } from "../../account/ledger";
import { ApiError, type Resource, urnOf } from "../provider";
import { type Creation, Inputs, NotYetKnown, type Uniqueness } from "./resource-type";
import { resourceTypes } from "./types";

/** Something that AWS lets only one resource have, as one resource has it. */
interface Taken {
    /** What it is, for the whole account: the type, its scope and the name. */
    name: string;
    rule: Uniqueness;
}

type Subject = Pick<Creation, "inputs" | "find">;

/**
 * Sees to it that no two resources of an account have the same name, or the same of anything else that AWS lets only one have. A
 * creation is held against the account. So is its preview, and against the previews before it, since nothing that they plan is in the account yet.
 */
export class UniqueNames {
    /** By the key of an entity, the URN of the resource that it is by now: an alias gives it another one. */
    private readonly owners = new Map<string, string>();

    constructor(
        private readonly account: Account,
        private readonly ledger: Ledger,
        private readonly unsealed: (entity: Entity) => Entity,
    ) {}

    /** Notes that the entity of that id is this resource. */
    belongs(resource: Resource, id: string): void {
        this.owners.set(Account.key(resource.type, id), urnOf(resource));
    }

    /** Refuses what another resource of the account has; `id` is that of a resource that is changed. */
    refuseTaken(resource: Resource, subject: Subject, id?: string): void {
        for (const taken of judged(namesOf(resource.type, subject), subject)) {
            const other = this.holders(resource.type, taken, subject).find((entity) => entity.id !== id);
            if (other) throw refusal(resource, subject, taken, other, id);
        }
    }

    /**
     * Refuses what another resource has or was given by an earlier preview. A resource that is replaced may keep its name: whether its predecessor goes first is the
     * engine's to decide, which does not say so at a preview. What another one gives up by being deleted is still taken, because deletions come last.
     */
    plan(resource: Resource, subject: Subject, id?: string): void {
        const all = namesOf(resource.type, subject);
        const urn = urnOf(resource);
        const entity = id === undefined ? undefined : Account.key(resource.type, id);
        const names = all.map(({ name }) => name);
        for (const taken of judged(all, subject)) {
            const other = this.holders(resource.type, taken, subject).find(
                (holder) => this.ownerOf(holder) !== urn && !this.ledger.isGivenUp(keyOf(holder), taken.name),
            );
            if (other && other.id !== id) throw refusal(resource, subject, taken, other, id);
        }
        const clash = this.ledger.claim(urn, names, entity);
        const taken = judged(all, subject).find(({ name }) => name === clash?.name);
        if (clash && taken) throw refusal(resource, subject, taken, clash, id);
    }

    private ownerOf(entity: Entity): string | undefined {
        return this.owners.get(keyOf(entity)) ?? entity.urn;
    }

    private holders(token: string, { name }: Taken, { find }: Subject): Entity[] {
        const space = spaceOf(token);
        return this.account
            .records()
            .filter((entity) => !entity.retained && resourceTypes[entity.type] && spaceOf(entity.type) === space)
            .filter((entity) => {
                const inputs = new Inputs(this.unsealed(entity).inputs);
                return namesOf(entity.type, { inputs, find }).some((other) => other.name === name);
            });
    }
}

function keyOf({ type, id }: Entity): string {
    return Account.key(type, id);
}

function spaceOf(token: string): string {
    return resourceTypes[token]?.namesOf ?? token;
}

/** Everything of its kind that a resource has alone, as far as it is known. */
function namesOf(token: string, subject: Subject): Taken[] {
    return uniquenessOf(token).flatMap((rule, index) => {
        try {
            const key = rule.key(subject);
            return key === undefined ? [] : [{ name: `${spaceOf(token)} ${index} ${key}`, rule }];
        } catch (error) {
            if (error instanceof NotYetKnown) return [];
            throw error;
        }
    });
}

/** What AWS lets only one resource of a type have: its name first. */
export function uniquenessOf(token: string): Uniqueness[] {
    const { name, within, exists = "EntityAlreadyExists", unique = [] } = resourceTypes[token] ?? {};
    if (name === undefined || exists === false) return unique;
    const named: Uniqueness = {
        code: exists,
        at: name,
        key: ({ inputs }) =>
            inputs.has(name) ? JSON.stringify([inputs.text(name), within && inputs.text(within)]) : undefined,
        say: (inputs) => `${inputs.text(name)} already exists`,
    };
    return [named, ...unique];
}

function judged(all: Taken[], { inputs }: Subject): Taken[] {
    return all.filter(({ rule }) => !rule.overwrites?.(inputs));
}

function refusal(
    resource: Resource,
    { inputs }: Subject,
    { rule }: Taken,
    holder: { name: string; urn?: string; id?: string },
    id: string | undefined,
): ApiError {
    const doing = id === undefined ? "creating" : "updating";
    return new ApiError(
        rule.code,
        `${doing} ${resource.name}: ${rule.say(inputs, holder.id)} (${holder.urn ?? holder.name} has it)`,
    );
}
