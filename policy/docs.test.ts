import { expect, it } from "vitest";
import { policiesPage } from "./docs";
import { rules } from "./rules";

it("has a row for each rule and for each kind of trusted identifiers", () => {
    const text = policiesPage(rules);
    for (const rule of rules) {
        const lines = text.split("\n").filter((line) => line.startsWith(`| \`${rule.id}\``));
        expect(lines).toHaveLength(1);
        for (const { key } of rule.trustedIds ?? []) {
            const [line, ...others] = text.split("\n").filter((one) => one.startsWith(`| \`${key}\``));
            expect(others).toEqual([]);
            expect(line).toContain(`\`${rule.id}\``);
        }
    }
});
