import { advise } from "../../cost/advice";
import type { Estimate } from "../../cost/estimate";
import { priced } from "../../cost/testing/plan";
import { money } from "../../cost/text";
import { plannedResources, settingsOfStack } from "../../stacks/testing/planned";

/** The day of the estimates: what costs more once its support ends does so by it, and the page stays the same until it is changed. */
const TODAY = "2026-11-26";

const tiers = ["dev", "staging", "prod"] as const;

/** A system of the documents that the platform began with, and what they say that it costs. */
interface Seed {
    name: string;
    tier: (typeof tiers)[number];
    settings: Record<string, unknown>;
    /** The top-level components that the figure is about. */
    components: string[];
    says: string;
    /** Why the estimate differs. */
    because: string;
}

const noCluster = { cluster: false, workloads: false, registry: false };
const micro = "the classes are the same; the estimate has the keys, secrets and logs besides";

const seeds: Seed[] = [
    {
        ...{ name: "database and cache, t3.micro each", tier: "dev", settings: noCluster },
        ...{ components: ["database", "cache"], says: "~$32", because: micro },
    },
    {
        ...{ name: "database of dev", tier: "dev", settings: noCluster, components: ["database"], says: "~$25" },
        because: "the class and 20 GiB of gp3 come to less, also with a key, secrets and logs",
    },
    {
        ...{
            name: "database of staging",
            tier: "staging",
            settings: noCluster,
            components: ["database"],
            says: "~$150",
        },
        because: "a class with its standby, a replica, and 100 GiB of each come to less",
    },
    {
        ...{ name: "database of prod", tier: "prod", settings: noCluster, components: ["database"], says: "~$400" },
        because:
            "that is little more than the primary's class with its standby: 3,000 IOPS of io1 cost more than the server, and two replicas have them too",
    },
    {
        ...{ name: "cache of dev", tier: "dev", settings: noCluster, components: ["cache"], says: "~$13" },
        because: micro,
    },
    {
        ...{ name: "cache of staging", tier: "staging", settings: noCluster, components: ["cache"], says: "~$50" },
        because: "two nodes of cache.t3.small, and keys, a secret and logs",
    },
    {
        ...{ name: "cache of prod", tier: "prod", settings: noCluster, components: ["cache"], says: "~$200" },
        because: "that is one node of cache.r6g.large; three shards with two replicas each are nine",
    },
    {
        name: "application platform: EKS, two nodes, database, two NAT gateways, queue",
        tier: "dev",
        settings: {
            network: { natGateways: "per-zone" },
            cluster: { minNodes: 2 },
            cache: false,
            queues: { orders: {} },
            observability: false,
        },
        components: ["network", "database", "cluster", "registry", "orders"],
        says: "~$220",
        because:
            "the same control plane, nodes and gateways; the estimate has volumes, public addresses, data through the gateways, Container Insights and keys besides",
    },
];

async function estimateOf(tier: string, settings: Record<string, unknown>, region = "eu-west-1"): Promise<Estimate> {
    return priced(await plannedResources(tier, settings, region), { region, today: TODAY });
}

/** What the generated page and the README have of costs. */
export interface CostPages {
    page: string;
    /** The row of the README's table of tiers. */
    row: string;
}

export async function costPages(): Promise<CostPages> {
    const stacks: Estimate[] = [];
    for (const tier of tiers) stacks.push(await estimateOf(tier, settingsOfStack(tier)));
    const whole = (usd: number) => money(Math.round(usd)).replace(/\.00$/, "");
    return {
        page: [introduction, stackTable(stacks), adviceTable(stacks.at(-1)), await seedTable(), outro].join("\n\n"),
        row: `| a month in eu-west-1, estimated ([how](docs/cost.md)) | ${stacks.map(({ monthlyUsd }) => whole(monthlyUsd.total)).join(" | ")} |`,
    };
}

const introduction = `<!-- Made by npm run docs from tools/docs/cost-page.ts. -->
# Cost

\`\`\`sh
npm run cost -- prod                          # what a stack costs in a month, by component and resource
npm run cost -- prod --against staging        # what it costs more, or less, than another stack
npm run cost -- prod --against origin/main    # than the same stack at a revision of git
npm run cost -- prod --json                   # every line with its price, the price's source, date and confidence
npm run cost -- --plan plan.json              # what \`pulumi preview --json --show-sames\` wrote, of any program
\`\`\`

The command prices what the sandbox plans: no account, no network, nothing created. Amounts are US dollars before taxes, discounts and free allowances, for months of 730 hours.
What depends on use is marked and summed apart; the assumed amounts are settings (\`plinth:cost.usage\`, see [configuration](configuration.md)), or a file given by \`--usage\`. A price that is
not known is an error that says how to get it, and never counts as nothing. Types without a price, and resources in another region, are listed as not counted; nodes and Aurora
readers that autoscaling adds are not counted, as the plan has their minimum. [Where prices come from](cost-prices.md).

The program prices itself the same way: the output \`cost\` has the amounts, and the stack's budget is that amount unless \`plinth:cost.monthlyUsd\` says another. A budget notifies at
80 % of what is spent and when AWS forecasts more than all of it; \`plinth:cost.componentMonthlyUsd\` adds budgets of components. Budgets count by the tags \`Project\`, \`Stack\` and
\`Component\`: the account that pays has to activate them as [cost allocation tags](https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html) once.`;

const outro = `Not in any estimate: data between zones and from services to the internet other than through a load balancer, Enhanced Monitoring's logs, support plans, taxes.
`;

function stackTable(stacks: readonly Estimate[]): string {
    const names = [
        ...new Set([...stacks].reverse().flatMap(({ components }) => components.map(({ component }) => component))),
    ];
    const cell = ({ components }: Estimate, name: string) => {
        const own = components.find(({ component }) => component === name);
        return own ? money(own.total) : "none";
    };
    return [
        "## The three stacks",
        "",
        "As the repository has them, in eu-west-1:",
        "",
        `| component | ${tiers.join(" | ")} |`,
        "| --- | ---: | ---: | ---: |",
        ...names.map((name) => `| ${name} | ${stacks.map((stack) => cell(stack, name)).join(" | ")} |`),
        `| **total** | ${stacks.map(({ monthlyUsd }) => `**${money(monthlyUsd.total)}**`).join(" | ")} |`,
        `| of it by use | ${stacks.map(({ monthlyUsd }) => money(monthlyUsd.usage)).join(" | ")} |`,
    ].join("\n");
}

function adviceTable(prod: Estimate | undefined): string {
    const rows = prod ? advise(prod) : [];
    return [
        "## To pay less",
        "",
        "The command ends with what would cost less, with the saving from the same prices; savings exclude one another in part. For prod:",
        "",
        "| way | saves a month | think of |",
        "| --- | ---: | --- |",
        ...rows.map(({ title, text, savesUsd }) => `| ${title} | ${money(savesUsd)} | ${text} |`),
    ].join("\n");
}

async function seedTable(): Promise<string> {
    const rows: string[] = [];
    for (const { name, tier, settings, components, says, because } of seeds) {
        const { components: all } = await estimateOf(tier, settings, "us-east-1");
        const usd = all
            .filter(({ component }) => components.includes(component))
            .reduce((sum, { total }) => sum + total, 0);
        rows.push(`| ${name} | ${says} | ${money(usd)} | ${because} |`);
    }
    return [
        "## The figures that the platform's first documents gave",
        "",
        "They name no region; the estimates are for us-east-1, the cheapest.",
        "",
        "| system | they say | estimate | why they differ |",
        "| --- | ---: | ---: | --- |",
        ...rows,
    ].join("\n");
}
