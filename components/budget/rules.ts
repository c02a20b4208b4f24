import { specProblems } from "../settings";
import { type Problem, type Rule, repeated } from "../validation";
import { type BudgetSpec, budgetSettings, MOST_EMAILS } from "./spec";

const rules: Rule<BudgetSpec>[] = [
    {
        at: "emails",
        when: ({ emails }) => emails.length > MOST_EMAILS,
        say: ({ emails }) =>
            `has ${emails.length} addresses, and a budget takes ${MOST_EMAILS}; give a list's address, or use plinth:notifications.emails`,
    },
    {
        at: "emails",
        when: ({ emails }) => repeated(emails) !== undefined,
        say: ({ emails }) => `has ${repeated(emails)} twice; leave one out`,
    },
];

/** All that is wrong with `spec`; `where` stands in front of the names of fields. */
export function budgetProblems(where: string, spec: BudgetSpec): Problem[] {
    return specProblems(where, budgetSettings, spec, rules);
}
