import type { Field, Problem } from "../field";
import { QUANTITY_RULE, quantity } from "../quantity";

/** Requests and limits of a container or a claim: they must be quantities, and no request above its limit. */
export function* resourcesProblems(resources: Field): Generator<Problem> {
    for (const part of ["requests", "limits"]) {
        for (const [, amount] of resources.at(part).entries()) yield* quantityProblems(amount);
    }
    for (const [name, request] of resources.at("requests").entries()) {
        const limit = resources.at("limits", name);
        const wanted = amountOf(request);
        const most = amountOf(limit);
        if (wanted !== undefined && most !== undefined && wanted > most)
            yield request.invalid(`must be less than or equal to ${name} limit of ${limit.text() ?? limit.number()}`);
    }
}

const STANDARD = /^(cpu|memory|ephemeral-storage|hugepages-.+)$/;

/** Names of what containers ask for. What cannot be overcommitted, such as a GPU, needs a limit that is the request. */
export function* resourceNameProblems(resources: Field): Generator<Problem> {
    for (const part of ["limits", "requests"]) {
        for (const [name, amount] of resources.at(part).entries()) {
            if (STANDARD.test(name)) continue;
            if (!name.includes("/"))
                yield {
                    path: `${resources.at(part).path}[${name}]`,
                    reason: `Invalid value: ${JSON.stringify(name)}: must be a standard resource type or fully qualified`,
                };
            else if (!Number.isInteger(amountOf(amount) ?? 0)) yield amount.invalid("must be an integer");
            if (part === "limits" || !name.includes("/") || resources.at("limits").unknown) continue;
            const limit = resources.at("limits", name);
            if (!limit.present) yield limit.required("Limit must be set for non overcommitable resources");
            else if ((amountOf(limit) ?? amountOf(amount)) !== amountOf(amount))
                yield amount.invalid(`must be equal to ${name} limit of ${limit.text() ?? limit.number()}`);
        }
    }
}

export function* quantityProblems(amount: Field): Generator<Problem> {
    const given = amount.text() ?? amount.number();
    if (given === undefined) return;
    const value = quantity(given);
    if (value === undefined) yield amount.invalid(QUANTITY_RULE);
    else if (value < 0) yield amount.invalid("must be greater than or equal to 0");
}

export function amountOf(amount: Field): number | undefined {
    const given = amount.text() ?? amount.number();
    return given === undefined ? undefined : quantity(given);
}
