import { advise } from "../../cost/advice";
import type { Estimate } from "../../cost/estimate";
import { priced } from "../../cost/testing/plan";
import { money } from "../../cost/text";
import { plannedResources, settingsOfStack } from "../../stacks/testing/planned";
import { TODAY } from "./read-example";

const tiers = ["dev", "staging", "prod"] as const;

async function estimateOf(tier: string): Promise<Estimate> {
    return priced(await plannedResources(tier, settingsOfStack(tier)), { today: TODAY });
}

/** What the generated page and the README have of costs. */
export interface CostPages {
    page: string;
    /** The row of the README's table of tiers. */
    row: string;
}

export async function costPages(): Promise<CostPages> {
    const stacks: Estimate[] = [];
    for (const tier of tiers) stacks.push(await estimateOf(tier));
    const whole = (usd: number) => money(Math.round(usd)).replace(/\.00$/, "");
    return {
        page: [introduction, stackTable(stacks), adviceTable(stacks.at(-1)), outro].join("\n\n"),
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

What five other systems cost, beside what their documents say: [examples.md](examples.md#what-they-cost).
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
