import type { Entity } from "../../account/account";
import { hasUnknown, isObject, isUnknown, type Properties, revealDeep, type Value } from "../../rpc/values";
import type { Place } from "./place";

/** How one emulated resource type behaves. The SDK declares its inputs, and which of them replace it was measured: see data/. */
export interface ResourceType {
    /** The id that AWS assigns. */
    id(creation: Creation): string;
    /** What AWS adds: every `computedOnly` output of the facts, and values for omitted inputs. */
    outputs?(made: CreationWithId): Properties;
    /** Resources that AWS creates together with it, and deletes with it. */
    companions?(made: CreationWithId & { outputs: Properties }): Companion[];
    /** What AWS adds after a change. @default what it added before, unless an input says otherwise */
    updates?(update: Update & CreationWithId): Properties;
    /** The input that is the physical name: unique, and generated where it is omitted. */
    name?: string;
    /** Whether a name that is generated is in lower case, whatever the Pulumi name is. @default false */
    lowerCaseName?: boolean;
    /** The input that names the scope in which the name is unique. @default the account */
    within?: string;
    /** AWS's error code where the name is taken; false where AWS allows the same name twice. @default EntityAlreadyExists */
    exists?: string | false;
    /** The type that it shares its names with, as an instance of a cluster does with other database instances. @default its own */
    namesOf?: string;
    /** What else only one resource can have, such as a route's destination in its table: checked in a preview already, as the name is. */
    unique?: Uniqueness[];
    /** The inputs (`subnetIds`, `vpcConfig.subnetIds`) that refer to other resources, which must exist. */
    refersTo?: Record<string, Reference>;
    /** Resources that it uses without an input for them, such as nodes the groups of their launch template. They cannot be deleted before it. */
    uses?(entity: Entity, find: Creation["find"]): { type: string; handle: string }[];
    /** What AWS refuses by the inputs alone: checked in a preview already, as far as the inputs are known. */
    rejects?: Rejection<Inputs>[];
    /** What AWS does not offer in the region: checked in a preview already. */
    offered?: Rejection<Placed>[];
    /** What AWS refuses because of other resources in the account: checked at creation. */
    conflicts?: Rejection<Creation>[];
    /**
     * What AWS refuses to change in place: checked in a preview already, as far as it is known. Not checked where the change replaces the
     * resource, since AWS then receives a creation.
     */
    updateErrors?: Rejection<Update>[];
    /** What AWS refuses to update because of other resources in the account: checked by the update only, as a preview does not know them yet. */
    updateConflicts?: Rejection<Update>[];
    /** Why AWS refuses to delete it. */
    deleteBlockers?: Rejection<Deletion>[];
    /** What else a creation or an update changes in the account, such as a label that moves from one version to another. */
    sideEffects?(made: CreationWithId): SideEffects;
    /** Resources that AWS created by itself and deletes together with it. */
    cascadeDelete?(deletion: Deletion): Entity[];
    /** What a deletion leaves in the account, if anything. */
    tombstone?(deletion: Deletion): Tombstone | undefined;
    /** AWS's error code where a resource of this type does not exist. */
    notFound?: string;
    /** AWS's error code where it cannot be deleted because something uses it. @default DependencyViolation */
    inUse?: string;
    /** Overrides the measured facts for an input for which the real provider decides by the value. */
    replaces?: Record<string, (old: Properties, next: Properties) => boolean>;
}

/** A resource that AWS creates together with another. */
export interface Companion {
    type: string;
    id: string;
    inputs: Properties;
    outputs: Properties;
}

/** What AWS creates, changes and deletes by itself, in addition to what it was asked for. */
export interface SideEffects {
    puts?: Entity[];
    removes?: Entity[];
}

/** A reference to other resources by id, ARN or name, singly or in a list. */
export type Reference =
    | string
    | {
          type: string;
          /** Whether the other resource may be deleted before this one. */
          weak?: boolean;
          /** The error code of this service where the other resource does not exist. @default the `notFound` of its type */
          notFound?: string;
      };

export interface Rejection<Subject> {
    code: string;
    /** The input to correct. */
    at?: string;
    when(subject: Subject): boolean;
    say(subject: Subject): string;
}

/** Something that only one resource of a type can have at a time. */
export interface Uniqueness {
    code: string;
    at?: string;
    /** What must differ between any two; undefined where this one has nothing of the kind. */
    key(subject: Pick<Creation, "inputs" | "find">): string | undefined;
    /** Whether AWS gives it to this resource although another has it. @default never */
    overwrites?(inputs: Inputs): boolean;
    /** `id` is the id of the resource that has it, where that exists already. */
    say(inputs: Inputs, id?: string): string;
}

/** These inputs together must differ between any two. */
export function sameInputs(...names: string[]): Uniqueness["key"] {
    return ({ inputs }) => JSON.stringify(names.map((name) => inputs.plain(name) ?? null));
}

/** What is known of a resource that is created or updated. */
export interface Creation extends Place {
    inputs: Inputs;
    accountId: string;
    /** The Pulumi name. */
    name: string;
    /** Random lower-case hexadecimal digits. */
    hex(length: number): string;
    /** The resource of a type that `handle` (an id, an ARN or a name) identifies. */
    find(type: string, handle: string): Entity | undefined;
    all(type: string): Entity[];
}

/** The inputs of a resource, and the region that it is in. */
export interface Placed {
    inputs: Inputs;
    /** The inputs before the update; none of them where it is created. */
    old: Inputs;
    region: string;
    /** Names that the account has, though nothing is known of them. */
    alsoOffered: readonly string[];
}

/** A creation whose id is known. */
export interface CreationWithId extends Creation {
    id: string;
}

/** An update of an existing resource: `inputs` are the new ones. */
export interface Update extends Creation {
    /** The inputs before the update. */
    old: Inputs;
    /** The outputs before the update. */
    outputs: Inputs;
}

export interface Deletion {
    entity: Entity;
    inputs: Inputs;
    all(type: string): Entity[];
}

/** What a deleted resource leaves in the account: itself for a while, or another resource such as a snapshot. */
export interface Tombstone {
    type: string;
    id: string;
    reason: string;
}

/** Thrown where a rule reads a value that is unknown in a preview: the update evaluates the rule instead. */
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

    /** The whole value, without its secrecy. */
    plain(name: string): Value | undefined {
        if (hasUnknown(this.properties[name])) throw new NotYetKnown(name);
        return this.value(name);
    }

    private value(name: string): Value | undefined {
        const value = this.properties[name];
        if (isUnknown(value)) throw new NotYetKnown(name);
        return revealDeep(value);
    }
}

/** Whether a rule is violated; false where that depends on a value that is not known yet. */
export function holds<Subject>(rule: Rejection<Subject>, subject: Subject): boolean {
    try {
        return rule.when(subject);
    } catch (error) {
        if (error instanceof NotYetKnown) return false;
        throw error;
    }
}

/** Rejects numbers outside a range, in AWS's words. */
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

/** Rejects text that does not have the required form. */
export function malformed(at: string, form: RegExp, rule: string, code = "InvalidParameterValue"): Rejection<Inputs> {
    return {
        code,
        at,
        when: (inputs) => inputs.has(at) && !form.test(inputs.text(at)),
        say: (inputs) => `${at} ${JSON.stringify(inputs.text(at))} is not valid: ${rule}`,
    };
}

/** Rejects text that is none of the allowed values. */
export function unlisted(at: string, values: readonly string[], code = "InvalidParameterValue"): Rejection<Inputs> {
    return {
        code,
        at,
        when: (inputs) => inputs.has(at) && !values.includes(inputs.text(at)),
        say: (inputs) => `${at} must be one of ${values.join(", ")}, got ${JSON.stringify(inputs.text(at))}`,
    };
}

/** Rejects a document that is not JSON. */
export function notJson(at: string, say: string, code = "InvalidParameterValue"): Rejection<Inputs> {
    return { code, at, when: (inputs) => inputs.has(at) && !isJson(inputs.text(at)), say: () => say };
}

/** A random id in the form of a UUID. */
export function uuid(hex: (length: number) => string): string {
    return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}

/** Whether a document, such as a policy, is JSON; the sandbox checks no more of it. */
export function isJson(text: string): boolean {
    try {
        JSON.parse(text);
        return true;
    } catch {
        return false;
    }
}
