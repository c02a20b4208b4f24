import { tierNames } from "@plinth/components";
import { z } from "zod";
import { defaultsByTier, flattened, type PartEntry, type Reference, type SettingEntry } from "./reference";
import { defaultInWords, valueInWords, written } from "./value";

/** The page that documents every setting. */
export function configurationPage({ stack, parts }: Reference): string {
    return [
        "# Configuration",
        "",
        "Every setting of `Pulumi.<stack>.yaml`. This page and the JSON Schema that editors use (`stacks/stack.schema.json`) are made from",
        "the schemas of the platform's parts: `npm run docs`. Each setting is written under `config:`, as in `plinth:cache: { nodeType: cache.t3.small }`.",
        "",
        "| key | what it is | without it |",
        "|---|---|---|",
        ...stack.map((entry) => row(`plinth:${entry.path}`, firstSentence(entry.description), defaultInWords(entry))),
        ...parts.map(({ key, presence, entry }) =>
            row(`[plinth:${key}](#plinth${key})`, firstSentence(entry.description), presenceOf(presence, entry)),
        ),
        "",
        "## What the tiers decide",
        "",
        "Settings whose default depends on `plinth:tier`. Each can be set.",
        "",
        tierTable(parts.flatMap(({ entry }) => flattened(entry))),
        "",
        ...parts.map(partSection),
    ].join("\n");
}

/** A table of defaults by tier, of the settings that differ. */
export function tierTable(entries: readonly SettingEntry[]): string {
    const rows = entries.flatMap((entry) => {
        const { whenOmitted: rule } = entry;
        const engines =
            rule?.kind === "engine" ? [...new Set(Object.values(rule.engines).map((own) => JSON.stringify(own)))] : [];
        const rules = rule?.kind === "engine" ? engines.map((text) => JSON.parse(text)) : [rule];
        return rules.flatMap((own) => {
            const values = defaultsByTier(own).map((value) => written(value, entry.schema));
            if (new Set(values).size === 1) return [];
            const of = rule?.kind === "engine" ? ` (${enginesWith(rule.engines, own)})` : "";
            return [row(`\`${entry.path}\`${of}`, ...values)];
        });
    });
    return [row("setting", ...tierNames), row("---", ...tierNames.map(() => "---")), ...rows].join("\n");
}

function enginesWith(engines: Readonly<Record<string, unknown>>, rule: unknown): string {
    const same = Object.entries(engines).filter(([, own]) => JSON.stringify(own) === JSON.stringify(rule));
    return same.map(([engine]) => engine).join(", ");
}

function partSection({ key, presence, entry }: PartEntry): string {
    const optional = presence === "always" ? "" : ` Without it: ${presenceOf(presence, entry)}.`;
    return [
        `## plinth:${key}`,
        "",
        `${entry.description}${optional}`,
        "",
        ...flattened(entry).map(settingSection),
    ].join("\n");
}

function settingSection(entry: SettingEntry): string {
    const links = entry.links.map((link) => `<${link}>`);
    return [
        `### ${entry.path}`,
        "",
        entry.description,
        "",
        `- Value: ${valueInWords(entry)}`,
        `- Default: ${defaultInWords(entry)}`,
        ...(entry.change ? [`- Change: ${entry.change}`] : []),
        ...(links.length > 0 ? [`- See ${links.join(", ")}`] : []),
        "",
    ].join("\n");
}

function presenceOf(presence: PartEntry["presence"], { path, schema }: SettingEntry): string {
    if (presence === "on request" || schema instanceof z.ZodRecord) return "none";
    if (presence === "always") return "the tier's defaults";
    if (presence === "by default") return `the tier's defaults; \`plinth:${path}: false\` for none`;
    const without = tierNames.filter((tier) => presence[tier] === "on request");
    return `the tier's defaults, in ${without.join(" and ")} none; \`plinth:${path}: {}\` for one, \`false\` for none`;
}

function firstSentence(text: string): string {
    return /^.*?[.:](?=\s|$)/s.exec(text)?.[0].replace(/[.:]$/, "") ?? text;
}

function row(...cells: string[]): string {
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}
