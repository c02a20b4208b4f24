import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Ledger } from "./ledger";

let directory = "";
beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), "plinth-ledger-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** The ledger of this process's command, as one of its plugins has it open. */
const open = (command = `${process.pid}-1`) => new Ledger(directory, "dev", command);

it("gives a name to the first that asks, whichever process asks", () => {
    const [one, other] = [open(), open()];
    expect(one.claim("urn:a", ["queue"])).toBeUndefined();
    expect(other.claim("urn:b", ["topic", "queue"])).toEqual({ name: "queue", urn: "urn:a" });
    expect(one.claim("urn:a", ["queue"])).toBeUndefined();
    expect(one.claim("urn:c", ["topic"])).toEqual({ name: "topic", urn: "urn:b" });
});

it("frees a name whose resource then asks for another, and says what an entity gives up", () => {
    const ledger = open();
    ledger.claim("urn:a", ["old"], "type id");
    expect(ledger.isGivenUp("type id", "old")).toBe(false);
    ledger.claim("urn:a", ["new"], "type id");
    expect(ledger.isGivenUp("type id", "old")).toBe(true);
    expect(ledger.claim("urn:b", ["old"])).toBeUndefined();
});

it("knows nothing of other commands, shows no name, and goes once its engine has ended", () => {
    open().claim("urn:a", ["secret-name"]);
    expect(open(`${process.pid}-2`).claim("urn:b", ["secret-name"])).toBeUndefined();
    const dead = path.join(directory, "dev.names-999999999-1.jsonl");
    writeFileSync(dead, "");
    open(`${process.pid}-3`).claim("urn:c", ["other"]);
    const files = readdirSync(directory);
    expect(files).toHaveLength(3);
    for (const file of files) expect(readFileSync(path.join(directory, file), "utf8")).not.toContain("secret-name");
});
