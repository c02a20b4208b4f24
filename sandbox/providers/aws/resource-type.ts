import type { Entity } from "../../account/account";
import { isObject, isUnknown, type Properties, revealDeep, type Value } from "../../rpc/values";

/** How one emulated resource type behaves. What its inputs are and what replaces it are measured facts, in data/inputs.json. */
export interface ResourceType {
    /** The id that AWS gives. */
    id(creation: Creation): string;
    /** What AWS adds: every `computedOnly` output of the facts, and values for inputs that were left out. */
    outputs?(made: CreationWithId): Properties;
    /** What AWS makes along with it, and deletes with it. */
    companions?(made: CreationWithId & { outputs: Properties }): Companion[];
    /** What AWS adds after a change. @default what it added before, where no input says otherwise */
    updates?(update: Update & CreationWithId): Properties;
    /** The input that is the physical name: unique, made up where it is left out. */
    name?: string;
    /** The input that says within what the name is unique. @default the account */
    within?: string;
    /** AWS's code where the name is taken. @default EntityAlreadyExists */
    exists?: string;
    /** What its inputs (`subnetIds`, `vpcConfig.subnetIds`) refer to, each of which must exist. */
    refersTo?: Record<string, Reference>;
    /** What it uses without an input that says so, as nodes use the groups of their launch template: it can't be deleted before. */
    uses?(entity: Entity, find: Creation["find"]): { type: string; handle: string }[];
    /** What AWS refuses by looking at the inputs alone; judged at preview already, as far as they are known. */
    rejects?: Rejection<Inputs>[];
    /** What AWS refuses because of what else is in the account; judged when it is created. */
    conflicts?: Rejection<Creation>[];
    /**
     * What AWS refuses to make of a living one; judged at preview already, as far as it is known. Not asked where the change replaces it,
     * since AWS then sees a creation.
     */
    updateErrors?: Rejection<Update>[];
    /** What AWS refuses of an update because of what else is in the account; judged by the update, since its preview precedes that of others. */
    updateConflicts?: Rejection<Update>[];
    /** What AWS refuses to delete. */
    deleteBlockers?: Rejection<Deletion>[];
    /** What else of the account its creation or change brings with it, as a label that moves from one to another. */
    sideEffects?(made: CreationWithId): SideEffects;
    /** What of AWS's own making goes with it when it is deleted. */
    cascadeDelete?(deletion: Deletion): Entity[];
    /** Called when it is deleted, and may leave something behind. */
    tombstone?(deletion: Deletion): Tombstone | undefined;
    /** AWS's code where one of this type is looked for and is not there. */
    notFound?: string;
    /** AWS's code where it can't be deleted because something uses it. @default DependencyViolation */
    inUse?: string;
    /** Overrules the measured facts for an input, where the real provider judges by the value. */
    replaces?: Record<string, (old: Properties, next: Properties) => boolean>;
}

/** Something that AWS makes along with a resource. */
export interface Companion {
    type: string;
    id: string;
    inputs: Properties;
    outputs: Properties;
}

/** What AWS makes, changes and takes away by itself, beside what it was asked for. */
export interface SideEffects {
    puts?: Entity[];
    removes?: Entity[];
}

/** A reference to other resources by id, ARN or name, singly or in a list. */
export type Reference =
    | string
    | {
          type: string;
          /** Whether the other one may be deleted all the same. */
          weak?: boolean;
          /** The service's own code where the other one is not there, in place of the one of its type. */
          notFound?: string;
      };

export interface Rejection<Subject> {
    code: string;
    /** The input to mend. */
    at?: string;
    when(subject: Subject): boolean;
    say(subject: Subject): string;
}

/** What a new or changed resource is made from. */
export interface Creation {
    inputs: Inputs;
    region: string;
    accountId: string;
    /** The Pulumi name. */
    name: string;
    /** Lower-case hexadecimal digits that are not used elsewhere. */
    hex(length: number): string;
    /** The resource of that type which `handle` (an id, ARN or name) refers to. */
    find(type: string, handle: string): Entity | undefined;
    all(type: string): Entity[];
}

/** A creation whose id is given. */
export interface CreationWithId extends Creation {
    id: string;
}

/** A change of what is there: `inputs` are the new ones. */
export interface Update extends Creation {
    /** The inputs as they were. */
    old: Inputs;
    /** What AWS said of it before the change. */
    outputs: Inputs;
}

export interface Deletion {
    entity: Entity;
    inputs: Inputs;
    all(type: string): Entity[];
}

/** What a deleted resource leaves in the account: itself for a while, or another thing. */
export interface Tombstone {
    type: string;
    id: string;
    reason: string;
}

/** Thrown where a rule asks for a value that is not known before the update: the rule is then left for later. */
export class NotYetKnown extends Error {}

/** Reads a resource's inputs, secrets included, as plain values. */
export class Inputs {
    constructor(readonly properties: Properties) {}

    has(name: string): boolean {
        const value = this.properties[name];
        return value !== undefined && value !== null;
    }

    text(name: string): string {
        const value = this.value(name);
        return value === undefined || value === null ? "" : String(value);
    }

    /** The number, or undefined where there is none. */
    number(name: string): number | undefined {
        const value = this.value(name);
        return value === undefined || value === null ? undefined : Number(value);
    }

    flag(name: string): boolean {
        return String(this.value(name)) === "true";
    }

    list(name: string): Value[] {
        const value = this.value(name);
        return Array.isArray(value) ? value : [];
    }

    texts(name: string): string[] {
        return this.list(name).map((item) => {
            if (isUnknown(item)) throw new NotYetKnown(name);
            return String(item);
        });
    }

    /** The objects of a list of blocks. */
    blocks(name: string): Inputs[] {
        return this.list(name)
            .filter(isObject)
            .map((block) => new Inputs(block));
    }

    /** The object of a single block. */
    block(name: string): Inputs | undefined {
        const value = this.value(name);
        return isObject(value) ? new Inputs(value) : undefined;
    }

    private value(name: string): Value | undefined {
        const value = this.properties[name];
        if (isUnknown(value)) throw new NotYetKnown(name);
        return revealDeep(value);
    }
}

/** Evaluates a rule, or leaves it where it needs what is not known yet. */
export function holds<Subject>(rule: Rejection<Subject>, subject: Subject): boolean {
    try {
        return rule.when(subject);
    } catch (error) {
        if (error instanceof NotYetKnown) return false;
        throw error;
    }
}

/** A rejection of values outside a range, in AWS's words. */
export function outside(
    at: string,
    minimum: number,
    maximum: number,
    code = "InvalidParameterValue",
): Rejection<Inputs> {
    return {
        code,
        at,
        when: (inputs) => {
            const value = inputs.number(at);
            return value !== undefined && (value < minimum || value > maximum);
        },
        say: (inputs) => `${at} must be between ${minimum} and ${maximum}, got ${inputs.text(at)}`,
    };
}

/** A rejection of text that does not have the form AWS asks for. */
export function malformed(at: string, form: RegExp, rule: string, code = "InvalidParameterValue"): Rejection<Inputs> {
    return {
        code,
        at,
        when: (inputs) => inputs.has(at) && !form.test(inputs.text(at)),
        say: (inputs) => `${at} ${JSON.stringify(inputs.text(at))} is not valid: ${rule}`,
    };
}

/** A rejection of text that is none of those AWS knows. */
export function unlisted(at: string, values: readonly string[], code = "InvalidParameterValue"): Rejection<Inputs> {
    return {
        code,
        at,
        when: (inputs) => inputs.has(at) && !values.includes(inputs.text(at)),
        say: (inputs) => `${at} must be one of ${values.join(", ")}, got ${JSON.stringify(inputs.text(at))}`,
    };
}

/** An id of AWS's in the form of a UUID, from digits that are not used elsewhere. */
export function uuid(hex: (length: number) => string): string {
    return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}

/** Whether a policy or the like is JSON, which is all that is asked of it here. */
export function isJson(text: string): boolean {
    try {
        JSON.parse(text);
        return true;
    } catch {
        return false;
    }
}
