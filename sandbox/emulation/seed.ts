import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import * as path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Account, type Entity } from "../account/account";
import { writeInjectedFaults } from "../account/injected-faults";
import { isRecord } from "../account/is-record";
import { writeOfferedNames } from "../account/offered-names";
import { SandboxError } from "../account/sandbox-error";
import { readYaml } from "../account/yaml-file";
import { check } from "../providers/aws/check";
import { placeOf } from "../providers/aws/place";
import { ACCOUNT_ID } from "../providers/aws/provider";
import { referencesOf } from "../providers/aws/reference";
import { Inputs } from "../providers/aws/resource-type";
import { resourceTypes } from "../providers/aws/types";
import { type PreexistingResource, readSandboxFile } from "./sandbox-file";

/** Stands for the Pulumi name and for the run of a resource that no run created. */
const PREEXISTING = "preexisting";

/** Where the accounts are, and where the files of the stacks are that describe them. */
interface Folders {
    stackFiles: string;
    accounts: string;
}

interface AccountOwner {
    region: string;
    accountId: string;
}

/** Brings every stack's emulated account, or that of `only`, in line with its `Sandbox.<stack>.yaml`: which resources exist from the start, and which faults to inject. */
export function seedAccounts(folders: Folders, only?: string): void {
    for (const file of readdirSync(folders.stackFiles)) {
        const stack = /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1];
        if (stack && (only === undefined || only === stack)) seedAccount(folders, stack);
    }
}

function seedAccount({ stackFiles, accounts }: Folders, stack: string): void {
    const file = readSandboxFile(stackFiles, stack);
    writeInjectedFaults(accounts, stack, file.faults);
    writeOfferedNames(accounts, stack, file.offered);
    const account = new Account(accounts, stack);
    const before = account.records().filter(({ seed }) => seed !== undefined);
    if (!file.exists && before.length === 0) return;

    const wanted = file.preexisting;
    refuseInvalid(file.name, stack, wanted);
    const owner = ownerOf(stackFiles, stack);
    const keys = new Set(wanted.map(({ type, id }) => Account.key(type, id)));
    for (const { type, id } of before) if (!keys.has(Account.key(type, id))) account.remove(type, id);
    for (const resource of wanted) {
        const present = before.find(({ type, id }) => type === resource.type && id === resource.id);
        // A resource that was imported and then updated stays as it is, unless its entry in the file has changed.
        if (!present || !isDeepStrictEqual(present.seed, resource.inputs))
            account.put(entityOf(resource, account, owner));
    }
}

/** Refuses what the provider would refuse of these resources, all at once. */
function refuseInvalid(file: string, stack: string, resources: PreexistingResource[]): void {
    const problems = resources.flatMap(({ type, id, inputs }) => [
        ...check({ type, name: id, stack }, {}, inputs).failures.map(
            ({ property, reason }) => `${id}: ${property} ${reason}`,
        ),
        ...[...referencesOf(type, inputs)]
            .filter(({ type: wanted, handle }) => !resources.some((one) => one.type === wanted && one.id === handle))
            .map(
                ({ property, type: wanted, handle }) =>
                    `${id}: ${property} refers to ${handle}, which is not in the file: add that ${wanted}`,
            ),
    ]);
    if (problems.length > 0) throw new SandboxError(`${file}:\n  ${problems.join("\n  ")}`);
}

function entityOf({ type, id, inputs }: PreexistingResource, account: Account, owner: AccountOwner): Entity {
    const outputs = resourceTypes[type]?.outputs?.({
        ...{ id, name: id, ...owner, ...placeOf(owner.region), inputs: new Inputs(inputs) },
        hex: (length) => randomBytes(length).toString("hex").slice(0, length),
        find: (wanted, handle) => account.get(wanted, handle),
        all: (wanted) => account.ofType(wanted),
    });
    const { region } = owner;
    return {
        ...{ type, id, name: PREEXISTING, run: PREEXISTING, region },
        seed: inputs,
        inputs,
        outputs: { ...outputs, ...inputs, region },
    };
}

/** The account's number and region, as the stack's configuration has them. */
function ownerOf(stackFiles: string, stack: string): AccountOwner {
    const { config = {} } = (readYaml(path.join(stackFiles, `Pulumi.${stack}.yaml`)) ?? {}) as {
        config?: Record<string, unknown>;
    };
    const account = config["plinth:account"];
    return {
        region: String(config["aws:region"] ?? ""),
        accountId: isRecord(account) && typeof account.id === "string" ? account.id : ACCOUNT_ID,
    };
}
