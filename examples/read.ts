/** How figures are read that are written in the same way everywhere. */

import type { StackView } from "./stack-view";

/** The value of a parameter; `not set` where the server's own default stays. */
export function parameter(stack: StackView, group: string, name: string): string {
    const found = stack.list(group, "parameters").find((one) => one.name === name);
    return found ? String(found.value) : "not set";
}

/** From where a security group is entered, with the port: `5432 from eks`. */
export function admitted(stack: StackView, access: string): string {
    const prefix = `${access}-from-`;
    return ofRules(stack, "securityGroupIngressRule:SecurityGroupIngressRule", prefix)
        .map((name) => `${stack.text(name, "fromPort")} from ${name.slice(prefix.length)}`)
        .sort()
        .join(", ");
}

/** Where members of a security group may go to. */
export function egressOf(stack: StackView, access: string): string {
    const rules = ofRules(stack, "securityGroupEgressRule:SecurityGroupEgressRule", `${access}-egress`);
    return rules.length === 0 ? "nothing" : rules.map((name) => stack.text(name, "fromPort")).join(", ");
}

function ofRules(stack: StackView, type: string, prefix: string): string[] {
    return stack.named(`aws:vpc/${type}`).filter((name) => name.startsWith(prefix));
}

const words: Readonly<Record<string, string>> = {
    GreaterThanThreshold: "above",
    GreaterThanOrEqualToThreshold: "from",
    LessThanThreshold: "below",
    LessThanOrEqualToThreshold: "down to",
};

/** When an alarm fires: `above 80`. */
export function threshold(stack: StackView, name: string): string {
    const alarm = `observability-${name}`;
    return `${words[stack.text(alarm, "comparisonOperator")]} ${stack.text(alarm, "threshold")}`;
}

/** How long an alarm looks: `5 × 60 s`. */
export function span(stack: StackView, name: string): string {
    const alarm = `observability-${name}`;
    const own = stack.value(alarm, "period");
    const period = own ?? stack.list(alarm, "metricQueries").flatMap(({ metric }) => periodIn(metric))[0];
    return `${stack.text(alarm, "evaluationPeriods")} × ${period} s`;
}

function periodIn(metric: unknown): unknown[] {
    return typeof metric === "object" && metric !== null && "period" in metric ? [metric.period] : [];
}

/** Who is told when an alarm fires, and when it is over. */
export function actions(stack: StackView, name: string): string {
    const given = ["alarmActions", "okActions"].filter((key) => stack.list(`observability-${name}`, key).length === 1);
    return given.map((key) => key.replace("Actions", "")).join(" and ");
}

/** The titles of a dashboard's graphs. */
export function graphs(stack: StackView, part: string): string[] {
    const { widgets } = stack.json(`observability-${part}-dashboard`, "dashboardBody") as {
        widgets: { properties: { title?: string } }[];
    };
    return widgets.flatMap(({ properties: { title } }) => title ?? []);
}

/** The fields of what a secret holds. */
export function secretFields(stack: StackView, name: string): string {
    return Object.keys(stack.json(name, "secretString") as object).join(", ");
}

/** `yes` or `no`. */
export function yes(value: unknown): string {
    return value === true ? "yes" : "no";
}

/** Days of a log group, and whether a key of the stack's own encrypts it. */
export function logGroup(stack: StackView, name: string): string {
    const encrypted = stack.value(name, "kmsKeyId") === undefined ? "not encrypted" : "encrypted";
    return `${stack.text(name, "retentionInDays")} days, ${encrypted}`;
}
