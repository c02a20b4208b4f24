import type { Properties, Value } from "../rpc/values";
import type { Change } from "./diff";

/** The resource that a call of the engine is about. */
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
    /** The invalid input; empty where it is no single one. */
    property: string;
    reason: string;
}

export interface Checked {
    inputs: Properties;
    failures: CheckFailure[];
}

export interface Difference {
    changes: Change[];
    /** The changed inputs that replace the resource: by name, or by path where only a part of the input does. */
    replaces: string[];
    /** Whether the old resource is deleted before the new one is created, for example because both have the same name. */
    deleteBeforeReplace: boolean;
}

/** A resource that was created. */
export interface Created {
    id: string;
    outputs: Properties;
}

export interface Stored {
    id: string;
    inputs: Properties;
    outputs: Properties;
}

/** A provider as the engine uses it, with plain values; `grpc.ts` serves it over gRPC. */
export interface Provider {
    /** The package, such as `aws`. */
    package: string;
    version: string;
    /** The inputs of every resource type. */
    inputNames(): Record<string, string[]>;
    configure(config: Properties): void;
    /** The effect of a change of the configuration. @default the engine compares it and replaces nothing */
    diffConfig?(old: Properties, next: Properties): Pick<Difference, "changes" | "replaces">;
    /** Sets the stack before the provider is configured: calls of functions do not include it. */
    enter?(stack: string): void;
    check(resource: Resource, old: Properties, inputs: Properties): Checked;
    diff(resource: Resource, old: Stored, inputs: Properties): Difference;
    /** In a preview nothing is created, and the outputs that the service decides are unknown. */
    create(resource: Resource, inputs: Properties, preview: boolean): Created | Promise<Created>;
    /** Undefined where there is no such resource. */
    read(resource: Resource, id: string, known: Stored): Stored | undefined | Promise<Stored | undefined>;
    update(resource: Resource, old: Stored, inputs: Properties, preview: boolean): Properties | Promise<Properties>;
    delete(resource: Resource, old: Stored): void;
    invoke(token: string, args: Properties): Properties;
}

/** A call that the provider refuses, in the words of the real one. */
export class Refusal extends Error {}

/** A resource that was created and is not ready. The engine keeps it in the state, and tries again at the next update. */
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
