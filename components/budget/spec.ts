import type { z } from "zod";
import { byDefault, byName, listOf, settings, whole } from "../settings";
import { emailAddress } from "../settings/common";

/** The most addresses that a budget sends e-mails to. */
export const MOST_EMAILS = 10;

/** Whole US dollars. */
const monthlyUsd = () => whole(1, 10_000_000);

/** What the platform may cost in a month. */
export const budgetSettings = settings({
    /**
     * US dollars that the stack may cost in a month, by its tags `Project` and `Stack`. The default is the stack's own estimate,
     * rounded up. Where a price is not known, or there is nobody to tell, the stack has no budget.
     * @remarks Updated in place.
     */
    monthlyUsd: monthlyUsd().optional(),
    /**
     * US dollars that single components may cost in a month, by the tag `Component`: `{ database: 400 }`.
     * @remarks Each is a budget of its own, created and deleted with its name here.
     */
    componentMonthlyUsd: byName(monthlyUsd()).meta(byDefault({})),
    /**
     * Per cent of a budget that, once they are spent, send a notification. Another is sent when AWS forecasts more than all of it.
     * @remarks Updated in place.
     */
    alertPercent: whole(1, 100).meta(byDefault(80)),
    /**
     * Addresses that get an e-mail besides what `plinth:notifications` notifies, ten at most. AWS asks for no confirmation.
     * @remarks Updated in place.
     */
    emails: listOf(emailAddress()).meta(byDefault([])),
});

export type BudgetSpec = z.output<typeof budgetSettings>;
