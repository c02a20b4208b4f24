import { appendFileSync, mkdtempSync, readFileSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { Secret } from "../rpc/values";
import { Account, type Entity } from "./account";
import { Cipher } from "./cipher";

let directory = "";
beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), "plinth-account-"));
});

const open = () => new Account(directory, "dev");
const file = () => path.join(directory, "dev.jsonl");

function vpc(id: string, run = "first"): Entity {
    return { type: "aws:ec2/vpc:Vpc", id, name: id, region: "eu-west-1", inputs: {}, outputs: {}, run };
}

const ids = (account: Account) => account.records().map(({ id }) => id);

describe("an emulated account", () => {
    it("is seen alike by every process that has it open", () => {
        const [one, other] = [open(), open()];
        one.put(vpc("a"));
        other.put(vpc("b"));
        one.remove("aws:ec2/vpc:Vpc", "a");
        expect([ids(one), ids(other), ids(open())]).toEqual([["b"], ["b"], ["b"]]);
    });

    it("is whole wherever a crash cuts the file: all entries before the cut, and nothing of the one in it", () => {
        const names = ["a", "b", "c"];
        for (const name of names) open().put(vpc(name));
        const length = readFileSync(file()).length;
        fc.assert(
            fc.property(fc.integer({ min: 0, max: length }), (cut) => {
                const copy = mkdtempSync(path.join(tmpdir(), "plinth-account-"));
                appendFileSync(path.join(copy, "dev.jsonl"), readFileSync(file()));
                truncateSync(path.join(copy, "dev.jsonl"), cut);
                const account = new Account(copy, "dev");
                const survivors = ids(account);
                expect(survivors).toEqual(names.slice(0, survivors.length));
                account.rollBack("none", new Set()); // what the next command does before it writes
                new Account(copy, "dev").put(vpc("next"));
                expect(ids(new Account(copy, "dev"))).toEqual([...survivors, "next"]);
            }),
            { numRuns: 40 },
        );
    });

    it("has, wherever a crash cuts the file, either a resource or what it left, never both or neither", () => {
        open().put(vpc("living"));
        const before = readFileSync(file()).length;
        open().remove("aws:ec2/vpc:Vpc", "living", { ...vpc("snapshot"), retained: "the final snapshot" });
        const whole = readFileSync(file());
        for (let cut = before; cut <= whole.length; cut++) {
            const copy = mkdtempSync(path.join(tmpdir(), "plinth-account-"));
            appendFileSync(path.join(copy, "dev.jsonl"), whole.subarray(0, cut));
            expect(ids(new Account(copy, "dev"))).toEqual([cut < whole.length ? "living" : "snapshot"]);
        }
    });

    it("takes back what a dead run made and the state does not have, and nothing else", () => {
        const account = open();
        account.put(vpc("earlier"));
        account.put(vpc("recorded", "dead"));
        account.put(vpc("lost", "dead"));
        account.put({ ...vpc("snapshot", "dead"), retained: "the final snapshot" });
        account.rollBack("dead", new Set([Account.key("aws:ec2/vpc:Vpc", "recorded")]));
        expect(ids(open())).toEqual(["earlier", "recorded", "snapshot"]);
    });

    it("knows what a run has removed, until that is there again or the journal is shortened", () => {
        const account = open();
        for (const id of ["gone", "again", "by another", "by hand"]) account.put(vpc(id));
        for (const id of ["gone", "again"]) account.remove("aws:ec2/vpc:Vpc", id, undefined, undefined, "dead");
        account.remove("aws:ec2/vpc:Vpc", "by another", undefined, undefined, "other");
        account.remove("aws:ec2/vpc:Vpc", "by hand");
        account.put(vpc("again"));
        expect([...open().removedBy(["dead"])]).toEqual([Account.key("aws:ec2/vpc:Vpc", "gone")]);
        open().rollBack("dead", new Set());
        expect([...open().removedBy(["dead", "other"])]).toEqual([]);
    });

    it("keeps what was made along with a resource for as long as that is there", () => {
        const along = (id: string) => ({ ...vpc(`along ${id}`, "dead"), owner: Account.key("aws:ec2/vpc:Vpc", id) });
        for (const id of ["recorded", "lost"]) for (const one of [along(id), vpc(id, "dead")]) open().put(one);
        open().rollBack("dead", new Set([Account.key("aws:ec2/vpc:Vpc", "recorded")]));
        expect(ids(open())).toEqual(["along recorded", "recorded"]);
        open().remove("aws:ec2/vpc:Vpc", "recorded");
        expect(ids(open())).toEqual([]);
    });
});

describe("a journal with a line that is none", () => {
    it("is refused with the file and the line, and left as it is", () => {
        open().put(vpc("a"));
        appendFileSync(file(), "garbage\n");
        open().put(vpc("b"));
        const before = readFileSync(file(), "utf8");
        expect(() => ids(open())).toThrow(`${file()}, line 2: is no entry of the journal`);
        expect(readFileSync(file(), "utf8")).toBe(before);
    });
});

describe("the account's secrets", () => {
    it("are not readable on disk, and come back with the right passphrase only", () => {
        const properties = { plain: "p", nested: [{ secret: new Secret({ password: "hunter2" }) }] };
        const sealed = new Cipher("right").seal(properties);
        expect(JSON.stringify(sealed)).not.toContain("hunter2");
        expect(new Cipher("right").open(JSON.parse(JSON.stringify(sealed)))).toEqual(properties);
        expect(() => new Cipher("wrong").open(sealed)).toThrow();
    });
});
