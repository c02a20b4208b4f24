import { controlIds, onUnproved } from "./pack";
import type { Rule } from "./rule";

/** docs/policies.md: the pack's rules as a page, made from the rules themselves. */
export function policiesPage(rules: readonly Rule[]): string {
    const trusted = rules.flatMap(({ id, trustedIds = [] }) => trustedIds.map((ids) => ({ id, ...ids })));
    return `${[
        "<!-- Made from policy/rules by `npm run docs`. -->",
        "# Policies",
        `The policy pack in \`policy/\` checks every stack against the ${rules.length} rules below. They run at the end of each preview, on the ` +
            "graph of its resources, and a violation of a mandatory rule fails the preview. With `pulumi up --skip-preview` they " +
            "run only after everything has been created, so do not skip the preview.",
        "Kubernetes objects are checked one by one by their inputs, because they have no outputs before the cluster exists. " +
            "What the rules do not judge is named: `types-judged` lists the resources of types that can hold data or open a way in and that " +
            "no rule knows, and Helm releases, whose objects only the cluster sees. What Cloud Control, CloudFormation or another provider " +
            "makes cannot be proved (`resource-in-sight`).",
        "## What is not known yet",
        "At the first preview no id is known. A rule then follows the references in the program: a `kmsKeyId` that comes from " +
            "an `aws.kms.Key` is a customer managed key before it has an ARN. A value that is known counts more than the reference that " +
            "it came over: it is compared with the ids, ARNs and names of the stack's resources. What neither values nor references prove is " +
            "reported as a violation too, worded `cannot be proved: …`. Nothing passes because it is unknown.",
        "A policy document that names resources of the stack by their outputs is not known as a whole before these exist. Where only " +
            "such resources keep it from being known, the preview leaves it to the update and says so in one line (`proved-at-preview`). " +
            "The update judges the document before its resource is created, and stops at a violation. Make `proved-at-preview` " +
            "mandatory to insist on proof at preview, or set `onUnproved` of a rule.",
        "Isolation is proved along the path from the data store through its subnet group, the subnets, their route tables and " +
            "the routes, and the message prints the path. Routes that are created outside the stack are not visible to the pack.",
        "## Rules",
        table(
            ["id", "requires", "of", "severity, level", "controls"],
            rules.map((rule) => [
                `\`${rule.id}\``,
                `${rule.title}. *${rule.remedy}*`,
                rule.appliesTo.map((type) => `\`${type.split(":").pop()}\``).join(", "),
                `${rule.severity}, ${rule.enforcement}`,
                controlIds(rule).join(", ") || "–",
            ]),
        ),
        "Controls are ids of AWS Security Hub, of the CIS benchmarks and of checkov (`CKV…`).",
        "## Report",
        "`npm run policies -- <stack>` previews a stack in the sandbox and prints what the pack found: the findings with the lines of the " +
            "program, waivers, the resources that no rule judges, and each control as proved, violated, unproved, waived, not applicable " +
            "or not judged. `--sarif <file>` writes SARIF 2.1.0 for code scanning, `--json` every verdict. The exit code is 1 when a " +
            "mandatory rule is violated or cannot be proved.",
        "`pulumi policy analyze -s <stack> --policy-pack policy --policy-pack-config policy/config/<stack>.json` judges what a stack has, by its state " +
            "alone; in the rehearsal `npm run sandbox -- pulumi policy analyze …` does.",
        "## Configuration",
        "A file given with `--policy-pack-config` sets levels (`advisory`, `mandatory`, `disabled`) and what the pack takes on trust. " +
            "`policy/config/<stack>.json` is that file for each stack: `npm run sandbox` names it by itself. With dev's only what " +
            "protects data is mandatory, with prod's every rule is but a few, such as deletion protection, which a stack that is to be destroyed gives up first. `policy/config.schema.json` describes the file; the sandbox " +
            "refuses a policy that the pack does not have, and `all` below `mandatory` in a stack of tier prod.",
        `\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\``,
        "### Waivers",
        "A waiver says that a rule does not hold for a resource, why, who answers for it and until when: a year at most. `*` in " +
            "the URN stands for any characters, but not for the whole name of the resource. A waiver that has expired, is too broad " +
            "or names no rule fails the preview; one that waives nothing is named (`waivers-used`). Critical rules are not waived.",
        "### Trusted identifiers",
        "Some rules accept an identifier from outside the stack instead of a proof. Said under `configuration.trusted` it holds for " +
            "every rule that takes it; it can be said of one rule alone as well.",
        table(
            ["key", "each identifier is", "rules"],
            [...new Set(trusted.map(({ key }) => key))].map((key) => {
                const taking = trusted.filter((one) => one.key === key);
                return [`\`${key}\``, taking[0]?.meaning ?? "", taking.map(({ id }) => `\`${id}\``).join(", ")];
            }),
        ),
        "### What cannot be proved",
        `Every rule has the key \`onUnproved\`: ${onUnproved}`,
    ].join("\n\n")}\n`;
}

const example = {
    "bucket-tls-only": "mandatory",
    "database-in-isolated-subnets": { enforcementLevel: "mandatory", onUnproved: "report" },
    configuration: {
        trusted: { privateSubnetIds: ["subnet-0123456789abcdef0"] },
        waivers: [
            {
                rule: "queue-tls-only",
                urn: "urn:pulumi:prod::*::orders-queue",
                reason: "the old producer speaks no TLS until its last release",
                owner: "orders team",
                ticket: "OPS-123",
                expires: "2027-03-31",
            },
        ],
    },
};

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
    const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
    return [line(head), line(head.map(() => "-")), ...rows.map(line)].join("\n");
}
