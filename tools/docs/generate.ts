import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { components } from "../../component-package/components";
import { packConfigSchema } from "../../policy/config-schema";
import { policiesPage } from "../../policy/docs";
import { rules } from "../../policy/rules";
import { parts } from "../../stacks/parts";
import { componentSchema } from "../component-schema";
import { svgOf } from "../dashboards/render";
import { dashboardsOf } from "../dashboards/stack";
import { alarmsPage } from "./alarms-page";
import { componentPages, pagesOfComponents } from "./component-pages";
import { configurationPage, tierTable } from "./configuration-page";
import { costPages } from "./cost-page";
import { examplePages } from "./example-pages";
import { stackFileSchema } from "./json-schema";
import { flattened, type Reference, readReference } from "./reference";

/** Everything that is generated for readers and editors, by its path in the checkout. */
export async function generatedFiles(root: string): Promise<Record<string, string>> {
    // First, since TypeScript writes the members of a union in the order in which it met them.
    const pages = await pagesOfComponents(root);
    const reference = readReference(root);
    const cost = await costPages();
    return {
        ...pages,
        "docs/images/dashboard-database.svg": await databaseDashboard(),
        "docs/configuration.md": configurationPage(reference),
        "docs/alarms.md": alarmsPage(),
        "docs/cost.md": cost.page,
        ...(await examplePages(root)),
        "docs/policies.md": policiesPage(rules),
        "policy/config.schema.json": `${JSON.stringify(packConfigSchema(), null, 2)}\n`,
        "component-package/schema.json": `${JSON.stringify(componentSchema(root, components), null, 2)}\n`,
        "stacks/stack.schema.json": `${JSON.stringify(stackFileSchema(reference), null, 2)}\n`,
        "README.md": withTierTable(readFileSync(path.join(root, "README.md"), "utf8"), reference, cost.row),
    };
}

/** Pages in the checkout that are generated no more. */
export function outdatedPages(root: string, files: Readonly<Record<string, string>>): string[] {
    return readdirSync(path.join(root, componentPages))
        .map((page) => path.join(componentPages, page))
        .filter((page) => !(page in files));
}

/** The dashboard that README shows: of prod's database, as its program makes it, with sample data. */
async function databaseDashboard(): Promise<string> {
    const [found] = Object.entries(await dashboardsOf("prod")).filter(([name]) => name.endsWith("-database"));
    if (!found) throw new Error("prod has no dashboard of its database");
    return svgOf(found[1], found[0]);
}

const [begin, end] = ["<!-- tiers: npm run docs -->", "<!-- /tiers -->"];

/** README with the defaults by tier of the settings that the parts show there. */
function withTierTable(readme: string, reference: Reference, costRow: string): string {
    const shown = parts.flatMap(({ key, sizing }) => sizing.map((setting) => `${key}.${setting}`));
    const entries = reference.parts.flatMap(({ entry }) => flattened(entry)).filter(({ path }) => shown.includes(path));
    const [before, rest] = readme.split(begin);
    const after = rest?.split(end)[1];
    if (before === undefined || after === undefined) throw new Error(`README.md has no ${begin} … ${end}`);
    return `${before}${begin}\n${tierTable(entries)}\n${costRow}\n${end}${after}`;
}
