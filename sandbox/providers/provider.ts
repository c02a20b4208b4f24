import type { Properties, Value } from "../rpc/values";
import type { Change } from "./diff";

/** A resource as the engine names it in a call. */
export interface Resource {
    /** The type token, such as `aws:ec2/vpc:Vpc`. */
    type: string;
    /** The Pulumi name. */
    name: string;
    stack: string;
    /** @default made up of the three above, as for a resource that has no parent */
    urn?: string;
}

export function urnOf({ stack, type, name, urn }: Resource): string {
    return urn ?? `urn:pulumi:${stack}::plinth::${type}::${name}`;
}

export interface CheckFailure {
    /** The input that is wrong; empty where no single one is. */
    property: string;
    reason: string;
}

export interface Checked {
    inputs: Properties;
    failures: CheckFailure[];
}

export interface Difference {
    changes: Change[];
    /** The changed inputs that only a new resource can take: by name, or by path where only a part of the input is so. */
    replaces: string[];
    /** Whether the old one must go before the new one comes, as where both would have the same name. */
    deleteBeforeReplace: boolean;
}

/** What a resource came to. */
export interface Created {
    id: string;
    outputs: Properties;
}

export interface Stored {
    id: string;
    inputs: Properties;
    outputs: Properties;
}

/** A provider as the engine uses it, on plain values; `grpc.ts` puts it on the wire. */
export interface Provider {
    /** The package, such as `aws`. */
    package: string;
    version: string;
    /** The inputs of every resource type. */
    inputNames(): Record<string, string[]>;
    configure(config: Properties): void;
    /** What a change of the configuration does. @default the engine compares for itself, and replaces nothing */
    diffConfig?(old: Properties, next: Properties): Pick<Difference, "changes" | "replaces">;
    /** Says which stack asks, before anything is configured; no call of a function says so. */
    enter?(stack: string): void;
    check(resource: Resource, old: Properties, inputs: Properties): Checked;
    diff(resource: Resource, old: Stored, inputs: Properties): Difference;
    /** In a preview what AWS would decide is unknown in the outputs, and nothing is created. */
    create(resource: Resource, inputs: Properties, preview: boolean): Created | Promise<Created>;
    /** Undefined where there is no such resource. */
    read(resource: Resource, id: string, known: Stored): Stored | undefined | Promise<Stored | undefined>;
    update(resource: Resource, old: Stored, inputs: Properties, preview: boolean): Properties | Promise<Properties>;
    delete(resource: Resource, old: Stored): void;
    invoke(token: string, args: Properties): Properties;
}

/** A call that the provider refuses, worded as the real one words it. */
export class Refusal extends Error {}

/** A resource that is there and does not work. The engine keeps it in the state, and tries again at the next update. */
export class InitError extends Refusal {
    constructor(
        message: string,
        readonly resource: Stored,
        readonly reasons: string[],
    ) {
        super(message);
    }
}

/** A refusal by AWS. */
export class ApiError extends Refusal {
    constructor(
        /** The code that the service answers with, such as `DependencyViolation`. */
        readonly code: string,
        message: string,
    ) {
        super(`api error ${code}: ${message}`);
    }
}

export type { Properties, Value };
