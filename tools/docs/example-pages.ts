import { readFileSync } from "node:fs";
import * as path from "node:path";
import { money } from "../../cost/text";
import { examples } from "../../examples";
import { type CostFigure, saidOf } from "../../examples/example";
import { type ReadExample, type ReadFigure, type ReadStack, readExample } from "./read-example";

const [begin, end] = ["<!-- figures: npm run docs -->", "<!-- /figures -->"];

/** docs/examples.md, and the README of each example with its tables. */
export async function examplePages(root: string): Promise<Record<string, string>> {
    const read: ReadExample[] = [];
    for (const example of examples) read.push(await readExample(example));
    const readmes = read.map((one): [string, string] => {
        const file = `examples/${one.example.name}/README.md`;
        return [file, withTables(file, readFileSync(path.join(root, file), "utf8"), tablesOf(one))];
    });
    return { "docs/examples.md": overview(read), ...Object.fromEntries(readmes) };
}

function withTables(file: string, readme: string, tables: string): string {
    const [before, rest] = readme.split(begin);
    const after = rest?.split(end)[1];
    if (before === undefined || after === undefined) throw new Error(`${file} has no ${begin} … ${end}`);
    return `${before}${begin}\n${tables}\n${end}${after}`;
}

function tablesOf({ example, stacks, sections }: ReadExample): string {
    const { variables = {}, outputs = {} } = example;
    return [
        ...Object.entries(sections).map(([title, figures]) =>
            [
                `### ${title}`,
                "",
                "| figure | the document | Plinth | why it differs |",
                "| --- | --- | --- | --- |",
                ...figures.map((figure) => figureRow(figure, example.stacks)),
            ].join("\n"),
        ),
        costsOf(example.costs, stacks),
        ...namesTable("The document's variables", "variable", "setting", variables),
        ...namesTable("The document's outputs", "output", "output here", outputs),
    ].join("\n\n");
}

function figureRow({ figure, registered }: ReadFigure, stacks: readonly string[]): string {
    const { what, says, because = "" } = figure;
    const made = registered ? cell(registered, stacks) : "–";
    return `| ${escaped(what)} | ${cell(saidOf(says, stacks), stacks)} | ${made} | ${escaped(because)} |`;
}

/** The values of all stacks: one where they are the same, by stack where they are lists or long. */
function cell(values: readonly string[], stacks: readonly string[]): string {
    // Markdown would make something of these characters.
    const texts = values.map(escaped).map((text) => (/[<*[]/.test(text) ? `\`${text}\`` : text));
    if (new Set(texts).size === 1) return texts[0] ?? "";
    if (texts.every((text) => text.length <= 20 && !text.includes(", "))) return texts.join(" / ");
    return texts.map((text, index) => `${stacks[index]}: ${text}`).join("<br>");
}

function escaped(text: string): string {
    return text.replaceAll("|", "\\|");
}

function costsOf(costs: readonly CostFigure[], stacks: readonly ReadStack[]): string {
    const totals = stacks.map(({ stack, estimate: { monthlyUsd } }) => `${stack} ${money(monthlyUsd.total)}`);
    const sum = `All of a stack, estimated for a month in ${stacks[0]?.region}: ${totals.join(", ")}.`;
    if (costs.length === 0) return `## Cost\n\nThe document names no costs. ${sum}`;
    return ["## Cost", "", sum, "", ...costTable(costs, stacks)].join("\n");
}

function costTable(costs: readonly CostFigure[], stacks: readonly ReadStack[]): string[] {
    return [
        "| a month | the document | estimate | why they differ |",
        "| --- | ---: | ---: | --- |",
        ...costs.map((cost) => {
            const name = stacks.length > 1 ? `${cost.what} of ${cost.stack}` : cost.what;
            return `| ${name} | ${cost.says} | ${money(estimated(cost, stacks))} | ${cost.because} |`;
        }),
    ];
}

function estimated({ stack, components }: CostFigure, stacks: readonly ReadStack[]): number {
    const found = stacks.find((one) => one.stack === stack);
    if (!found) throw new Error(`a cost is of ${stack}, which is no stack of the example`);
    const { monthlyUsd, components: all } = found.estimate;
    if (!components) return monthlyUsd.total;
    return all.filter(({ component }) => components.includes(component)).reduce((sum, { total }) => sum + total, 0);
}

function namesTable(title: string, theirs: string, ours: string, names: Readonly<Record<string, string>>): string[] {
    if (Object.keys(names).length === 0) return [];
    const rows = Object.entries(names).map(([name, here]) => `| ${name} | \`${here}\` |`);
    return [[`## ${title}`, "", `| ${theirs} | ${ours} |`, "| --- | --- |", ...rows].join("\n")];
}

const introduction = `<!-- Made by npm run docs from tools/docs/example-pages.ts. -->
# Examples

\`\`\`sh
npm run sandbox -- -C examples/meetinity up staging      # any command, in the folder of an example
npm run cost -- -C examples/meetinity staging            # what it costs in a month
pulumi -C examples/meetinity up -s staging --policy-pack ../../policy --policy-pack-config ../../policy/config/staging.json    # on AWS
\`\`\`

Five systems that others have described, as stacks of this program: a folder each in \`examples\` with a \`Pulumi.yaml\`, the stacks' files and a README. \`-C\` names the folder, as Pulumi's own option does.
Where a system is built into a VPC that exists, \`Sandbox.<stack>.yaml\` has what is there before, and \`policy/config/<stack>.json\` tells the policy pack what it cannot see there; on AWS, name that file in the place of the pack's own.

Each README has every figure of the document beside what Plinth registers for it, and why they differ. The figures are read from the program: where the table gives no reason, they are the same, and a test on the engine reads them again from what came up.`;

function overview(read: readonly ReadExample[]): string {
    return `${[introduction, systems(read), features(read), costs(read), procedures].join("\n\n")}\n`;
}

function systems(read: readonly ReadExample[]): string {
    return [
        "## The systems",
        "",
        "Resources are counted without those that the components of EKS and ECR make.",
        "",
        "| example | is | stacks | resources | figures: as the document, otherwise, not made |",
        "| --- | --- | --- | ---: | ---: |",
        ...read.map(({ example: { name, system, stacks: names }, stacks, sections }) => {
            const all = Object.values(sections).flat();
            const same = all.filter(({ figure: { because } }) => because === undefined).length;
            const none = all.filter(({ registered }) => registered === undefined).length;
            const counts = [same, all.length - same - none, none].join(", ");
            const sizes = stacks.map(({ resources }) => resources).join(" / ");
            return `| [${name}](../examples/${name}/README.md) | ${system} | ${names.join(", ")} | ${sizes} | ${counts} |`;
        }),
    ].join("\n");
}

/** What a stack has of each kind, by the type of its resources. */
const kinds: readonly [what: string, type: RegExp][] = [
    ["database servers", /^aws:rds\/(instance|clusterInstance):/],
    ["proxies of the database", /^aws:rds\/proxy:/],
    ["caches", /^aws:elasticache\/replicationGroup:/],
    ["queues", /^aws:sqs\/queue:/],
    ["clusters", /^eks:index:Cluster$/],
    ["services", /^kubernetes:autoscaling\/v2:HorizontalPodAutoscaler$/],
    ["load balancers", /^kubernetes:networking\.k8s\.io\/v1:Ingress$/],
    ["NAT gateways", /^aws:ec2\/natGateway:/],
    ["keys", /^aws:kms\/key:/],
    ["secrets", /^aws:secretsmanager\/secret:/],
    ["secrets that rotate", /^aws:secretsmanager\/secretRotation:/],
    ["log groups", /^aws:cloudwatch\/logGroup:/],
    ["alarms", /^aws:cloudwatch\/(metric|composite)Alarm:/],
    ["dashboards", /^aws:cloudwatch\/dashboard:/],
    ["budgets", /^aws:budgets\/budget:/],
];

function features(read: readonly ReadExample[]): string {
    const count = ({ view }: ReadStack, type: RegExp) => view.countMatching(type) || "–";
    return [
        "## What they have",
        "",
        `| | ${read.map(({ example }) => example.name).join(" | ")} |`,
        `| --- |${" ---: |".repeat(read.length)}`,
        ...kinds.map(([what, type]) => {
            const cells = read.map(({ stacks }) => {
                const counts = stacks.map((stack) => count(stack, type));
                return new Set(counts).size === 1 ? counts[0] : counts.join(" / ");
            });
            return `| ${what} | ${cells.join(" | ")} |`;
        }),
    ].join("\n");
}

function costs(read: readonly ReadExample[]): string {
    const rows = read.flatMap(({ example, stacks }) => [
        ...costTable(example.costs, stacks)
            .slice(2)
            .map((row) => `| ${example.name} ${row}`),
        ...stacks.map(({ stack, estimate: { monthlyUsd } }) => {
            const all = `**${money(monthlyUsd.total)}**`;
            return `| ${example.name} | **all of ${stack}** | | ${all} | ${money(monthlyUsd.usage)} of it by use |`;
        }),
    ]);
    return [
        "## What they cost",
        "",
        "In the region of each, by the month, with the assumed use of [cost.md](cost.md). Where a document names no region, in eu-west-1.",
        "",
        "| example | a month | the document | estimate | why they differ |",
        "| --- | --- | ---: | ---: | --- |",
        ...rows,
    ].join("\n");
}

const procedures =
    "What the documents tell their operators to do, section by section, is in [procedures.md](procedures.md), with the command or the page here.";
