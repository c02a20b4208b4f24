import * as path from "node:path";
import { parse } from "yaml";
import { readIfPresent } from "../account/file";
import type { InjectedFaults } from "../account/injected-faults";
import { SandboxError } from "../account/sandbox-error";
import type { Properties } from "../rpc/values";

/** A resource that an account holds before Plinth creates anything. */
export interface PreexistingResource {
    type: string;
    id: string;
    inputs: Properties;
}

/** What `Sandbox.<stack>.yaml` says of a stack's emulated account. */
export interface SandboxFile {
    /** Its name, for messages. */
    name: string;
    /** Whether there is such a file; all else is empty without it. */
    exists: boolean;
    preexisting: PreexistingResource[];
    faults: InjectedFaults;
}

const KEYS = ["preexisting", "failingJobs"];

export function readSandboxFile(checkout: string, stack: string): SandboxFile {
    const name = `Sandbox.${stack}.yaml`;
    const text = readIfPresent(path.join(checkout, name));
    const document: unknown = parse(text ?? "") ?? {};
    if (!isRecord(document)) throw new SandboxError(`${name}: must be a mapping with the keys ${KEYS.join(" and ")}`);
    const unknown = Object.keys(document).filter((key) => !KEYS.includes(key));
    if (unknown.length > 0)
        throw new SandboxError(`${name}: unknown key ${unknown.join(", ")}: allowed are ${KEYS.join(" and ")}`);
    return {
        name,
        exists: text !== undefined,
        preexisting: preexistingIn(name, document),
        faults: faultsIn(name, document),
    };
}

function faultsIn(file: string, { failingJobs = [] }: Record<string, unknown>): InjectedFaults {
    const isJob = (item: unknown): item is string => typeof item === "string" && /^[^/\s]+\/[^/\s]+$/.test(item);
    if (Array.isArray(failingJobs) && failingJobs.every(isJob)) return { failingJobs };
    throw new SandboxError(`${file}: failingJobs must be a list of jobs, each as namespace/name`);
}

function preexistingIn(file: string, { preexisting = [] }: Record<string, unknown>): PreexistingResource[] {
    if (!Array.isArray(preexisting)) throw new SandboxError(`${file}: preexisting must be a list of resources`);
    return preexisting.map((item: unknown, index) => {
        if (isRecord(item) && typeof item.type === "string" && typeof item.id === "string")
            return { type: item.type, id: item.id, inputs: (isRecord(item.inputs) ? item.inputs : {}) as Properties };
        throw new SandboxError(
            `${file}: preexisting[${index}] must have a type and an id, and its inputs if it has any`,
        );
    });
}

export function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
