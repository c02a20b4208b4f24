import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { policiesPage } from "./docs";
import { rules } from "./rules";

const page = path.join(__dirname, "../docs/policies.md");

it("docs/policies.md says what the rules say", () => {
    if (process.env.UPDATE_DOCS) writeFileSync(page, policiesPage(rules));
    expect(readFileSync(page, "utf8"), "run UPDATE_DOCS=1 npx vitest run policy/docs.test.ts").toBe(
        policiesPage(rules),
    );
});

it("has a row for each rule and for each kind of trusted identifiers", () => {
    const text = policiesPage(rules);
    for (const rule of rules) {
        const lines = text.split("\n").filter((line) => line.startsWith(`| \`${rule.id}\``));
        expect(lines).toHaveLength(1 + (rule.trustedIds ?? []).length);
    }
});
