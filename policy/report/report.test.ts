import { readFileSync } from "node:fs";
import * as path from "node:path";
import Ajv from "ajv";
import type { Log } from "sarif";
import { describe, expect, it } from "vitest";
import type { Recorded } from "../findings";
import { rules } from "../rules";
import { markdownOf } from "./markdown";
import { positionsOf } from "./position";
import { type PackConfig, reportOf } from "./report";
import { sarifOf } from "./sarif";

const urn = (name: string) => `urn:pulumi:prod::shop::plinth:queue:Queue$aws:sqs/queue:Queue::${name}`;
const waiver = {
    rule: "queue-tls-only",
    urn: urn("old"),
    reason: "old | producer",
    owner: "orders",
    expires: "2027-03-31",
};
const findings: Recorded[] = [
    { rule: "queue-encrypted-at-rest", urn: urn("orders"), outcome: "violated", reason: "kmsMasterKeyId is not set" },
    { rule: "queue-encrypted-at-rest", urn: urn("old"), outcome: "satisfied" },
    { rule: "queue-tls-only", urn: urn("orders"), outcome: "unproved", reason: "its policy is not known yet" },
    { rule: "queue-tls-only", urn: urn("old"), outcome: "waived", reason: "it has no policy", waiver },
    {
        rule: "queue-policy-not-public",
        urn: urn("orders"),
        outcome: "postponed",
        reason: "its policy is not known yet",
    },
    { rule: "queue-has-dead-letters", urn: urn("orders"), outcome: "violated", reason: "it has no queue" },
    { rule: "key-rotated", urn: "urn:pulumi:prod::shop::aws:kms/key:Key::key", outcome: "satisfied" },
];
const coverage = { judged: {}, sensitive: { "aws:fsx/fileCache:FileCache": ["scratch"] }, others: {} };
const lines = new Map([
    [
        urn("orders"),
        [
            { file: "components/queue/my queue.ts", line: 7, column: 3 },
            { file: "stacks/index.ts", line: 2, column: 1 },
        ],
    ],
]);
const report = (config: PackConfig = {}) => reportOf("prod", rules, { findings, coverage }, config, lines);

describe("a report", () => {
    it("has a status for each control: the gravest of its rules", () => {
        const statuses = Object.fromEntries(report().controls.map(({ control, status }) => [control, status]));
        expect(statuses).toMatchObject({
            "SQS.1": "violated",
            "SQS.3": "unproved",
            "KMS.4": "proved",
            "RDS.3": "not applicable",
        });
        const off = report({ "key-rotated": "disabled" }).controls;
        expect(off.find(({ control }) => control === "KMS.4")?.status).toBe("not judged");
    });

    it("has the levels of the configuration", () => {
        const levelOf = (config: PackConfig, rule: string) =>
            report(config).findings.find((one) => one.rule === rule)?.level;
        expect(levelOf({}, "queue-has-dead-letters")).toBe("advisory");
        expect(levelOf({ all: "mandatory" }, "queue-has-dead-letters")).toBe("mandatory");
        expect(levelOf({ all: "mandatory", "queue-has-dead-letters": "advisory" }, "queue-has-dead-letters")).toBe(
            "advisory",
        );
        const own = { "queue-tls-only": { enforcementLevel: "advisory" } } as const;
        expect(levelOf(own, "queue-tls-only")).toBe("advisory");
    });

    it("is a page that begins with what is to be mended", () => {
        const page = markdownOf(report());
        expect(page).toContain(
            "2 mandatory and 1 advisory findings on 3 resources; 2 verdicts are proved, 1 waived, 1 left to the update.",
        );
        expect(page).toContain(
            "| mandatory | `queue-tls-only` | orders | cannot be proved: its policy is not known yet | components/queue/my queue.ts:7 |",
        );
        expect(page.indexOf("`queue-tls-only` | orders")).toBeLessThan(
            page.indexOf("`queue-has-dead-letters` | orders"),
        );
        expect(page).toContain("| `queue-tls-only` | old | old \\| producer | orders | 2027-03-31 |");
        expect(page).toContain("| `aws:fsx/fileCache:FileCache` | scratch |");
        expect(page).toContain("| SQS.1 | violated | 2 | `queue-encrypted-at-rest` |");
    });
});

describe("SARIF", () => {
    const log = (config?: PackConfig): Log => JSON.parse(JSON.stringify(sarifOf(report(config), rules, "1.2.3")));
    const results = (config?: PackConfig) => log(config).runs[0]?.results ?? [];

    it("is valid by the official schema", () => {
        const text = readFileSync(path.join(__dirname, "testing/sarif-schema-2.1.0.json"), "utf8");
        // It is written in draft 4 of JSON Schema, without anything that draft 7 reads in another way.
        const { $schema: _draft, id: _id, ...schema } = JSON.parse(text);
        const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
        validate(log());
        expect(validate.errors).toBeNull();
        expect(validate({ ...log(), version: "2.0" })).toBe(false);
    });

    it("has what is violated and what is not proved, and neither what is waived nor what is postponed", () => {
        expect(results().map(({ ruleId, level }) => [ruleId, level])).toEqual([
            ["queue-encrypted-at-rest", "error"],
            ["queue-tls-only", "error"],
            ["queue-has-dead-letters", "warning"],
        ]);
        expect(results({ "queue-has-dead-letters": "disabled" })).toHaveLength(2);
    });

    it("names rule, line, callers and resource of each", () => {
        const [result] = results();
        const used = log().runs[0]?.tool.driver.rules ?? [];
        expect(used[result?.ruleIndex ?? -1]?.id).toBe("queue-encrypted-at-rest");
        const [location] = result?.locations ?? [];
        expect(location?.physicalLocation).toEqual({
            artifactLocation: { uri: "components/queue/my%20queue.ts" },
            region: { startLine: 7, startColumn: 3 },
        });
        expect(location?.logicalLocations?.[0]?.fullyQualifiedName).toBe(urn("orders"));
        expect(result?.relatedLocations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe("stacks/index.ts");
    });

    it("shows a resource without a line at the project's file", () => {
        const none = reportOf("prod", rules, { findings, coverage }, {}, new Map());
        const [result] = sarifOf(none, rules, "1.2.3").runs[0]?.results ?? [];
        expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe("Pulumi.yaml");
    });
});

describe("the lines of a resource", () => {
    const at = (file: string, line: number) => ({ sourcePosition: `project:///../../${file}#${line},5` });
    const positions = (...frames: object[]) =>
        positionsOf({ urn: "", ...frames[0], stackTrace: frames }, "/work/shop/.sandbox/project", "/work/shop");

    it("are those of the program, from the nearest to the outermost, each once", () => {
        const frames = [
            at("components/queue.ts", 7),
            at("node_modules/@pulumi/aws/sqs.js", 1),
            {},
            at("index.ts", 3),
            at("index.ts", 3),
        ];
        expect(positions(...frames)).toEqual([
            { file: "components/queue.ts", line: 7, column: 5 },
            { file: "index.ts", line: 3, column: 5 },
        ]);
    });

    it("are none outside the project, and none where the engine gives none", () => {
        expect(positions(at("../other/index.ts", 1))).toEqual([]);
        expect(positions({})).toEqual([]);
    });
});
