import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { buildSync } from "esbuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { priceList } from "./testing/price-list";

const root = path.join(__dirname, "../..");
let checkout: string;
let list: string;
let tables: string;

beforeEach(() => {
    checkout = mkdtempSync(path.join(tmpdir(), "plinth-prices-"));
    list = path.join(checkout, "list");
    tables = path.join(checkout, "cost/prices/data");
    cpSync(priceList, list, { recursive: true });
    cpSync(path.join(__dirname, "data"), tables, { recursive: true });
});
afterEach(() => {
    rmSync(checkout, { recursive: true });
});

/** Runs the command on a copy of the tables. */
function prices(...args: string[]) {
    const command = [path.join(root, "tools/run-typescript.cjs"), path.join(root, "cost/prices/cli.ts"), ...args];
    return spawnSync(process.execPath, command, { cwd: checkout, encoding: "utf8" });
}

function edit(offer: string, change: (text: string) => string): void {
    const file = path.join(list, `${offer}.csv`);
    const text = readFileSync(file, "utf8");
    expect(change(text)).not.toBe(text);
    writeFileSync(file, change(text));
}

const snapshot = () => Object.fromEntries(readdirSync(tables).map((file) => [file, textOf(file)]));
const textOf = (file: string) => readFileSync(path.join(tables, file), "utf8");
const linesThatDiffer = (before: string, after: string) => {
    const lines = new Set(before.split("\n"));
    return after.split("\n").filter((line) => !lines.has(line));
};

describe("the command", () => {
    it("refreshes a region's table and says what changed", () => {
        const before = snapshot();
        const { status, stdout, stderr } = prices("eu-west-1", "--from", list);
        expect(stderr).toContain("AmazonEC2: 19 rows of 2026-10-06, 9 prices of ours\n");
        expect(status, stderr).toBe(0);
        expect(stdout).toContain("\n  ec2/m6g.large: $0.086 → $0.087 (+1.2 %)\n");
        expect(stdout).toContain("\n  ebs/io2: new, $0.138\n");
        expect(stdout).toContain("\n  ec2/m5.large: of 2025-11-05\n");
        expect(stdout).toContain("\nWrote cost/prices/data/eu-west-1.json, good until 2027-04-06.\n");
        const after = snapshot();
        expect({ ...after, "eu-west-1.json": "" }).toEqual({ ...before, "eu-west-1.json": "" });
        const changed = linesThatDiffer(before["eu-west-1.json"] ?? "", after["eu-west-1.json"] ?? "");
        const rows = changed.filter((line) => line.includes('"usd"'));
        expect(rows.every((line) => line.includes('"confidence": "high"') && line.includes('"asOf": "2026-'))).toBe(
            true,
        );
        expect(rows).toContain(
            '"ec2/m6g.large": {"usd": 0.087, "unit": "hour", "source": "s33", "asOf": "2026-10-06", "confidence": "high"},',
        );
        expect(changed.some((line) => line.startsWith('"ec2/m5.large"'))).toBe(false);
    });

    it("changes nothing the second time", () => {
        prices("eu-west-1", "--from", list);
        const once = snapshot();
        expect(prices("eu-west-1", "--from", list).stdout).toContain("No price changed.\n");
        expect(snapshot()).toEqual(once);
    });

    it("says for machines what changed", () => {
        const { stdout } = prices("eu-west-1", "--from", list, "--json");
        const report = JSON.parse(stdout) as { changes: object[]; kept: object[] };
        expect(report).toMatchObject({ region: "eu-west-1", isWritten: true, validUntil: "2027-04-06", refused: [] });
        expect(report.changes).toContainEqual({ key: "ec2/m6g.large", before: 0.086, after: 0.087 });
        expect(report.kept).toContainEqual({ key: "ec2/m5.large", asOf: "2025-11-05" });
    });

    it("makes the table of a new region, which a bundle of the package then has", () => {
        for (const file of readdirSync(list)) {
            const text = readFileSync(path.join(list, file), "utf8");
            const moved = text.replaceAll('"EU-', '"EUC1-').replaceAll("eu-west-1", "eu-central-1");
            writeFileSync(path.join(list, file), moved);
        }
        const { status, stderr } = prices("eu-central-1", "--from", list);
        expect(status, stderr).toBe(0);
        const { prices: rows } = JSON.parse(textOf("eu-central-1.json")) as { prices: object };
        expect(Object.keys(rows)).toHaveLength(74);
        const index = path.join(tables, "index.ts");
        const { outputFiles } = buildSync({ entryPoints: [index], bundle: true, write: false, format: "esm" });
        expect(outputFiles[0]?.text).toMatch(/as euCentral1,\n {2}\w+ as euWest1/);
    });

    it("leaves the prices of files that are not in the folder, and the day until which the table is good", () => {
        for (const file of readdirSync(list)) if (file !== "AWSELB.csv") rmSync(path.join(list, file));
        const before = textOf("eu-west-1.json");
        const { status, stderr } = prices("eu-west-1", "--from", list);
        expect(status, stderr).toBe(0);
        expect(stderr).toContain("AmazonEC2: not in the folder\n");
        const changed = linesThatDiffer(before, textOf("eu-west-1.json"));
        const rows = changed.filter((line) => line.includes('"AWSELB') || line.includes('"usd"'));
        expect(rows.map((line) => line.split('"')[1])).toEqual(["alb/hour", "alb/lcu", "nlb/hour", "nlb/lcu"]);
        expect(changed.join("\n")).not.toContain("validUntil");
    });
});

describe("the command writes nothing, and ends with 1,", () => {
    let before: ReturnType<typeof snapshot>;
    beforeEach(() => {
        before = snapshot();
    });

    function expectError(result: ReturnType<typeof prices>, message: string | RegExp): void {
        expect(result.stderr).toMatch(message);
        expect(result.stderr).not.toContain("    at ");
        expect(result.status).toBe(1);
        expect(snapshot()).toEqual(before);
    }

    it("where a file was cut within a row", () => {
        edit("AmazonRoute53", (text) => text.slice(0, -20));
        expectError(prices("eu-west-1", "--from", list), "AmazonRoute53 was cut: its row 3 is not whole");
    });

    it("where a file was cut before its rows", () => {
        edit("AmazonRDS", (text) => text.split("\n").slice(0, 6).join("\n"));
        expectError(prices("eu-west-1", "--from", list), "AmazonRDS has no prices: it was cut");
    });

    it("where a file was cut before the names of its columns", () => {
        edit("AmazonRDS", (text) => text.split("\n").slice(0, 5).join("\n"));
        expectError(prices("eu-west-1", "--from", list), "AmazonRDS is no file of AWS's price list, or was cut");
    });

    it("where a file is that of another offer", () => {
        cpSync(path.join(list, "AmazonVPC.csv"), path.join(list, "AWSELB.csv"));
        expectError(prices("eu-west-1", "--from", list), "AWSELB.csv has the prices of AmazonVPC");
    });

    it("where the files are those of another region", () => {
        // What is listed under no region is of any.
        for (const file of ["AmazonRoute53.csv", "AmazonCloudWatch-global.csv"]) rmSync(path.join(list, file));
        expectError(prices("eu-west-3", "--from", list), "the files have no price of eu-west-3");
    });

    it("where there is no folder, or no region of the name", () => {
        expectError(
            prices("eu-west-1", "--from", path.join(list, "nowhere")),
            "nowhere has none of the files AmazonEC2",
        );
        expectError(prices("ireland", "--from", list), "ireland is not the name of a region");
    });

    it("where prices may be mistakes, unless it is told to take them", () => {
        edit("AWSELB", (text) => text.replaceAll("0.0252", "0.2520"));
        edit("awskms", (text) => text.replace('"Keys","1.0', '"Hours","1.0'));
        edit("awswaf", (text) => text.replace('"Month","5.0', '"Month","0.0'));
        const refused = prices("eu-west-1", "--from", list);
        expectError(refused, "4 prices of eu-west-1 may be mistakes, so nothing was written");
        for (const line of [
            "  alb/hour: it would change from $0.0252 to $0.252",
            '  kms/key: AWS lists it by "Hours", and the rule expects Keys',
            "  nlb/hour: it would change from $0.0252 to $0.252",
            "  waf/web-acl: it would be $0; it would change from $5 to $0",
        ])
            expect(refused.stderr).toContain(`${line}\n`);
        expect(prices("eu-west-1", "--from", list, "--force").status).toBe(0);
        expect(textOf("eu-west-1.json")).toContain('"alb/hour": {"usd": 0.252,');
    });
});
