import { existsSync } from "node:fs";
import * as path from "node:path";
import type { InjectedFaults } from "../account/injected-faults";
import { isRecord } from "../account/is-record";
import { SandboxError } from "../account/sandbox-error";
import { readYaml } from "../account/yaml-file";
import type { Properties } from "../rpc/values";
import { faultPlanIn } from "./fault-plan-file";

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
    /** Classes, node types, instance types and versions that AWS has by now, and that the sandbox does not know. */
    offered: string[];
}

const KEYS = ["preexisting", "failingJobs", "faults", "offered"];

export function readSandboxFile(stackFiles: string, stack: string): SandboxFile {
    const name = `Sandbox.${stack}.yaml`;
    const file = path.join(stackFiles, name);
    const document: unknown = readYaml(file) ?? {};
    if (!isRecord(document)) throw new SandboxError(`${name}: must be a mapping with the keys ${KEYS.join(", ")}`);
    const unknown = Object.keys(document).filter((key) => !KEYS.includes(key));
    if (unknown.length > 0)
        throw new SandboxError(`${name}: unknown key ${unknown.join(", ")}: allowed are ${KEYS.join(", ")}`);
    return {
        name,
        exists: existsSync(file),
        preexisting: preexistingIn(name, document),
        faults: faultsIn(name, document),
        offered: offeredIn(name, document),
    };
}

function faultsIn(file: string, { failingJobs = [], faults = [] }: Record<string, unknown>): InjectedFaults {
    const isJob = (item: unknown): item is string => typeof item === "string" && /^[^/\s]+\/[^/\s]+$/.test(item);
    if (!Array.isArray(failingJobs) || !failingJobs.every(isJob))
        throw new SandboxError(`${file}: failingJobs must be a list of jobs, each as namespace/name`);
    return { failingJobs, plan: faultPlanIn(file, faults) };
}

function offeredIn(file: string, { offered = [] }: Record<string, unknown>): string[] {
    if (Array.isArray(offered) && offered.every((name) => typeof name === "string")) return offered;
    throw new SandboxError(`${file}: offered must be a list of names, such as db.m10g.large`);
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
