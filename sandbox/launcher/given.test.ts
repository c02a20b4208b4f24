import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { Account } from "../account/account";
import { readTold } from "../account/told";
import { giveAccounts } from "./given";
import { type Layout, layoutOf } from "./layout";

const VPC = "aws:ec2/vpc:Vpc";
let layout: Layout;
beforeEach(() => {
    layout = layoutOf(mkdtempSync(path.join(tmpdir(), "plinth-given-")));
    write("Pulumi.dev.yaml", { config: { "aws:region": "eu-west-1", "plinth:account": { id: "210987654321" } } });
});

const write = (file: string, content: unknown) =>
    writeFileSync(path.join(layout.checkout, file), JSON.stringify(content));
const account = () => new Account(layout.accounts, "dev");
const give = (...cidrs: string[]) => {
    const given = cidrs.map((cidrBlock, index) => ({ type: VPC, id: `vpc-${index}`, inputs: { cidrBlock } }));
    write("Sandbox.dev.yaml", { given });
    giveAccounts(layout);
};

describe("what an account holds from the start", () => {
    it("is there in the stack's region and account, with what AWS adds", () => {
        give("10.8.0.0/16");
        expect(account().get(VPC, "vpc-0")).toMatchObject({
            region: "eu-west-1",
            inputs: { cidrBlock: "10.8.0.0/16" },
            outputs: { arn: "arn:aws:ec2:eu-west-1:210987654321:vpc/vpc-0", cidrBlock: "10.8.0.0/16" },
        });
    });

    it("is the same at every command, follows its file, and goes with it", () => {
        give("10.8.0.0/16", "10.9.0.0/16");
        const before = account().records();
        giveAccounts(layout);
        expect(account().records()).toEqual(before);
        give("10.7.0.0/16");
        expect(account().records()).toMatchObject([{ id: "vpc-0", inputs: { cidrBlock: "10.7.0.0/16" } }]);
        rmSync(path.join(layout.checkout, "Sandbox.dev.yaml"));
        giveAccounts(layout);
        expect(account().records()).toEqual([]);
    });

    it("stays as a run changed it, and comes back if a run deleted it", () => {
        give("10.8.0.0/16");
        const [vpc] = account().records();
        if (vpc) account().put({ ...vpc, inputs: { ...vpc.inputs, enableDnsHostnames: true } });
        giveAccounts(layout);
        expect(account().get(VPC, "vpc-0")?.inputs.enableDnsHostnames).toBe(true);
        account().remove(VPC, "vpc-0");
        giveAccounts(layout);
        expect(account().get(VPC, "vpc-0")).toBeDefined();
    });
});

it("passes on which jobs fail, until the file says so no more", () => {
    write("Sandbox.dev.yaml", { failingJobs: ["app/migrate"] });
    giveAccounts(layout);
    expect(readTold(layout.accounts, "dev")).toEqual({ failingJobs: ["app/migrate"] });
    rmSync(path.join(layout.checkout, "Sandbox.dev.yaml"));
    giveAccounts(layout);
    expect(readTold(layout.accounts, "dev")).toEqual({ failingJobs: [] });
});

describe("a file that can't be read", () => {
    it.each([
        ["no list", { given: {} }, /has to be a list of resources under the key given/],
        ["a key that means nothing", { givn: [] }, /givn means nothing here: the keys are given and failingJobs/],
        ["a job without its namespace", { failingJobs: ["migrate"] }, /failingJobs has to be a list of jobs, each as/],
        ["a resource without an id", { given: [{ type: VPC }] }, /number 1 of given has to say its type, its id/],
    ])("%s", (_, content, message) => {
        write("Sandbox.dev.yaml", content);
        expect(() => giveAccounts(layout)).toThrow(message);
    });
});
