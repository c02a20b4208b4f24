import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import * as path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import { Account, type Entity } from "../account/account";
import { type Told, writeTold } from "../account/told";
import { check } from "../providers/aws/check";
import { ACCOUNT_ID } from "../providers/aws/provider";
import { referencesOf } from "../providers/aws/references";
import { Inputs } from "../providers/aws/resource-type";
import { resourceTypes } from "../providers/aws/types";
import type { Properties } from "../rpc/values";
import { SandboxError } from "./failure";
import { type Layout, readIfThere } from "./layout";

/** Stands in the place of a Pulumi name, and of the run that made an entity: it was there before. */
const GIVEN = "given";

/** Something that an account holds before Plinth makes anything, as `Sandbox.<stack>.yaml` says it. */
interface Given {
    type: string;
    id: string;
    inputs: Properties;
}

/** Brings the emulated accounts in line with what each stack's `Sandbox.<stack>.yaml` says is there from the start. */
export function giveAccounts(layout: Layout): void {
    for (const file of readdirSync(layout.checkout)) {
        const stack = /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1];
        if (stack) giveAccount(layout, stack);
    }
}

function giveAccount(layout: Layout, stack: string): void {
    const file = `Sandbox.${stack}.yaml`;
    const text = readIfThere(path.join(layout.checkout, file));
    const account = new Account(layout.accounts, stack);
    const before = account.records().filter(({ given }) => given !== undefined);
    const document = readDocument(file, text ?? "");
    writeTold(layout.accounts, stack, toldBy(file, document));
    if (text === undefined && before.length === 0) return;

    const given = readGiven(file, document);
    refuseFaults(file, stack, given);
    const owner = ownerOf(layout, stack);
    const keys = new Set(given.map(({ type, id }) => Account.key(type, id)));
    for (const { type, id } of before) if (!keys.has(Account.key(type, id))) account.remove(type, id);
    for (const one of given) {
        const there = before.find(({ type, id }) => type === one.type && id === one.id);
        // What was imported and then updated stays as it became, unless the file says something new.
        if (!there || !isDeepStrictEqual(there.given, one.inputs)) account.put(entityOf(one, account, owner));
    }
}

const KEYS = ["given", "failingJobs"];

function readDocument(file: string, text: string): Record<string, unknown> {
    const document: unknown = parse(text) ?? {};
    if (!isRecord(document)) throw new SandboxError(`${file}: has to be a list of resources under the key given`);
    const unknown = Object.keys(document).filter((key) => !KEYS.includes(key));
    if (unknown.length > 0)
        throw new SandboxError(`${file}: ${unknown.join(", ")} means nothing here: the keys are ${KEYS.join(" and ")}`);
    return document;
}

function toldBy(file: string, { failingJobs = [] }: Record<string, unknown>): Told {
    const isJob = (one: unknown): one is string => typeof one === "string" && /^[^/\s]+\/[^/\s]+$/.test(one);
    if (Array.isArray(failingJobs) && failingJobs.every(isJob)) return { failingJobs };
    throw new SandboxError(`${file}: failingJobs has to be a list of jobs, each as namespace/name`);
}

function readGiven(file: string, document: Record<string, unknown>): Given[] {
    const list = document.given ?? [];
    if (!Array.isArray(list)) throw new SandboxError(`${file}: has to be a list of resources under the key given`);
    return list.map((one: unknown, index) => {
        if (isRecord(one) && typeof one.type === "string" && typeof one.id === "string") {
            return { type: one.type, id: one.id, inputs: (isRecord(one.inputs) ? one.inputs : {}) as Properties };
        }
        throw new SandboxError(`${file}: number ${index + 1} of given has to say its type, its id and its inputs`);
    });
}

/** What the provider would refuse of these resources, all at once. */
function refuseFaults(file: string, stack: string, given: Given[]): void {
    const faults = given.flatMap(({ type, id, inputs }) => [
        ...check({ type, name: id, stack }, {}, inputs).failures.map(
            ({ property, reason }) => `${id}: ${property} ${reason}`,
        ),
        ...[...referencesOf(type, inputs)]
            .filter(({ type: wanted, handle }) => !given.some((other) => other.type === wanted && other.id === handle))
            .map(({ property, handle }) => `${id}: ${property} names ${handle}, which is not given`),
    ]);
    if (faults.length > 0) throw new SandboxError(`${file}:\n  ${faults.join("\n  ")}`);
}

function entityOf(
    given: Given,
    account: Account,
    { region, accountId }: { region: string; accountId: string },
): Entity {
    const outputs = resourceTypes[given.type]?.outputs?.({
        ...{ id: given.id, name: given.id, region, accountId, inputs: new Inputs(given.inputs) },
        hex: (length) => randomBytes(length).toString("hex").slice(0, length),
        find: (type, id) => account.get(type, id),
        all: (type) => account.ofType(type),
    });
    return {
        ...given,
        given: given.inputs,
        name: GIVEN,
        region,
        run: GIVEN,
        outputs: { ...outputs, ...given.inputs, region },
    };
}

/** Whose account it is, and in which region. */
function ownerOf(layout: Layout, stack: string): { region: string; accountId: string } {
    const text = readIfThere(path.join(layout.checkout, `Pulumi.${stack}.yaml`)) ?? "";
    const { config = {} } = (parse(text) ?? {}) as { config?: Record<string, unknown> };
    const account = config["plinth:account"];
    return {
        region: String(config["aws:region"] ?? ""),
        accountId: isRecord(account) && typeof account.id === "string" ? account.id : ACCOUNT_ID,
    };
}

function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
