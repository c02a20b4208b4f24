import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { Account } from "../account/account";
import { readInjectedFaults } from "../account/injected-faults";
import { seedAccounts } from "./seed";

const VPC = "aws:ec2/vpc:Vpc";
let folders: { stackFiles: string; accounts: string };
beforeEach(() => {
    const checkout = mkdtempSync(path.join(tmpdir(), "plinth-seed-"));
    folders = { stackFiles: checkout, accounts: path.join(checkout, "accounts") };
    write("Pulumi.dev.yaml", { config: { "aws:region": "eu-west-1", "plinth:account": { id: "210987654321" } } });
});

const write = (file: string, content: unknown) =>
    writeFileSync(path.join(folders.stackFiles, file), JSON.stringify(content));
const account = () => new Account(folders.accounts, "dev");
const seed = (...cidrs: string[]) => {
    const preexisting = cidrs.map((cidrBlock, index) => ({ type: VPC, id: `vpc-${index}`, inputs: { cidrBlock } }));
    write("Sandbox.dev.yaml", { preexisting });
    seedAccounts(folders);
};

describe("a preexisting resource", () => {
    it("exists in the stack's region and account, with the outputs that AWS adds", () => {
        seed("10.8.0.0/16");
        expect(account().get(VPC, "vpc-0")).toMatchObject({
            region: "eu-west-1",
            inputs: { cidrBlock: "10.8.0.0/16" },
            outputs: { arn: "arn:aws:ec2:eu-west-1:210987654321:vpc/vpc-0", cidrBlock: "10.8.0.0/16" },
        });
    });

    it("is the same for every command, follows its file, and is removed with it", () => {
        seed("10.8.0.0/16", "10.9.0.0/16");
        const before = account().records();
        seedAccounts(folders);
        expect(account().records()).toEqual(before);
        seed("10.7.0.0/16");
        expect(account().records()).toMatchObject([{ id: "vpc-0", inputs: { cidrBlock: "10.7.0.0/16" } }]);
        rmSync(path.join(folders.stackFiles, "Sandbox.dev.yaml"));
        seedAccounts(folders);
        expect(account().records()).toEqual([]);
    });

    it("stays as a run changed it, and is restored if a run deleted it", () => {
        seed("10.8.0.0/16");
        const [vpc] = account().records();
        if (vpc) account().put({ ...vpc, inputs: { ...vpc.inputs, enableDnsHostnames: true } });
        seedAccounts(folders);
        expect(account().get(VPC, "vpc-0")?.inputs.enableDnsHostnames).toBe(true);
        account().remove(VPC, "vpc-0");
        seedAccounts(folders);
        expect(account().get(VPC, "vpc-0")).toBeDefined();
    });
});

it("injects failing jobs for as long as the file names them", () => {
    write("Sandbox.dev.yaml", { failingJobs: ["app/migrate"] });
    seedAccounts(folders);
    expect(readInjectedFaults(folders.accounts, "dev")).toEqual({ failingJobs: ["app/migrate"], plan: [] });
    rmSync(path.join(folders.stackFiles, "Sandbox.dev.yaml"));
    seedAccounts(folders);
    expect(readInjectedFaults(folders.accounts, "dev")).toEqual({ failingJobs: [], plan: [] });
});

describe("an invalid file:", () => {
    it.each([
        ["no mapping", ["preexisting"], /must be a mapping with the keys preexisting, failingJobs, faults, offered/],
        ["no list", { preexisting: {} }, /preexisting must be a list of resources/],
        [
            "an unknown key",
            { preexistent: [] },
            /unknown key preexistent: allowed are preexisting, failingJobs, faults, offered/,
        ],
        ["offers that are no names", { offered: [7] }, /offered must be a list of names/],
        ["a job without its namespace", { failingJobs: ["migrate"] }, /failingJobs must be a list of jobs, each as/],
        ["no list of faults", { faults: {} }, /faults must be a list/],
        [
            "a fault of no kind",
            { faults: [{ fault: "fire", urn: "*" }] },
            /faults\[0\]\.fault is "fire": it must be one of throttling,/,
        ],
        ["a fault of nothing", { faults: [{ fault: "crash" }] }, /faults\[0\]\.urn must be a URN/],
        [
            "a fault of an operation that it does not happen to",
            { faults: [{ fault: "failedCreate", urn: "*", operations: ["delete"] }] },
            /faults\[0\]\.operations: failedCreate happens to create only/,
        ],
        [
            "several faults, with all that is wrong",
            {
                faults: [
                    { fault: "crash", urn: "*", times: 0 },
                    { fault: "timeout", urn: "*", seconds: 3, on: 1 },
                ],
            },
            /faults\[0\]\.times must be .*\n.*faults\[1\]\.on is unknown.*\n.*faults\[1\]\.seconds is for slow only/,
        ],
        ["a resource without an id", { preexisting: [{ type: VPC }] }, /preexisting\[0\] must have a type and an id/],
    ])("%s", (_, content, message) => {
        write("Sandbox.dev.yaml", content);
        expect(() => seedAccounts(folders)).toThrow(message);
    });
});
