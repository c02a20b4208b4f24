import { controlIds } from "./pack";
import { type Rule, vouchings } from "./rule";

/** docs/policies.md: the pack's rules as a page, made from the rules themselves. */
export function policiesPage(rules: readonly Rule[]): string {
    const vouching = rules.flatMap((rule) => vouchings(rule).map((offer) => ({ id: rule.id, ...offer })));
    return `${[
        "<!-- Made from policy/rules by `UPDATE_DOCS=1 npx vitest run policy/docs.test.ts`. -->",
        "# Policies",
        `The pack in \`policy/\` holds every stack to the ${rules.length} rules below. They run at the end of each preview, over the graph ` +
            "of its resources, and a violation of a mandatory rule fails it. Under `pulumi up --skip-preview` they run only " +
            "when everything has been created, so don't skip it.",
        "Objects of Kubernetes are judged one by one as the program gives them, since before there is a cluster nothing comes out " +
            "of what is in it. What a Helm chart makes is not seen.",
        "## What is not known yet",
        "At a first preview no id is known. A rule then follows the program's own references: a `kmsKeyId` that comes from " +
            "an `aws.kms.Key` is a customer's key before it has an ARN. What neither values nor references prove is reported " +
            "as a violation too, worded `cannot be proved: …`. Nothing passes because it is unknown.",
        "Isolation is proved along the path from the data store over its subnet group, the subnets, their route tables and the " +
            "routes, and the message prints the path. Routes that are made outside the stack are not seen.",
        "## Rules",
        table(
            ["id", "demands", "of", "severity, level", "controls"],
            rules.map((rule) => [
                `\`${rule.id}\``,
                `${rule.title}. *${rule.remedy}*`,
                rule.appliesTo.map((type) => `\`${type.split(":").pop()}\``).join(", "),
                `${rule.severity}, ${rule.enforcement}`,
                controlIds(rule).join(", ") || "–",
            ]),
        ),
        "Controls are the ids of AWS Security Hub, of the CIS benchmarks and of checkov (`CKV…`).",
        "## Configuration",
        "A file given with `--policy-pack-config` sets a rule's level (`advisory`, `mandatory`, `disabled`). It also lists the " +
            "identifiers from outside the stack that you vouch for, which some rules accept in the place of a proof:",
        table(
            ["rule", "key", "each is"],
            vouching.map(({ id, key, means }) => [`\`${id}\``, `\`${key}\``, means]),
        ),
        `\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\``,
    ].join("\n\n")}\n`;
}

const example = {
    "database-in-isolated-subnets": {
        enforcementLevel: "mandatory",
        privateSubnetIds: ["subnet-0123456789abcdef0"],
    },
};

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
    const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
    return [line(head), line(head.map(() => "-")), ...rows.map(line)].join("\n");
}
