import type { Severity } from "../severity";

/** An alert of Prometheus. */
export interface AlertRule {
    /** What it watches: the name of its group. */
    group: "cluster" | "database" | "cache";
    name: string;
    severity: Severity;
    /** PromQL; it alerts for every series of the result. */
    expression: string;
    /** Minutes that it must hold. */
    forMinutes: number;
    /** What is so, in one line, with labels of the series as `{{ $labels.pod }}`. */
    summary: string;
    /** What it means, and what to look at first. */
    description: string;
    /** Its section of docs/runbooks/prometheus-alerts.md. */
    runbook: string;
}

/** A rule as Prometheus reads it. */
export interface PrometheusRule {
    alert: string;
    expr: string;
    for: string;
    labels: { severity: Severity };
    annotations: { summary: string; description: string; runbook: string };
}

export function promRule(rule: AlertRule): PrometheusRule {
    return {
        alert: rule.name,
        expr: rule.expression,
        for: `${rule.forMinutes}m`,
        labels: { severity: rule.severity },
        annotations: {
            summary: rule.summary,
            description: rule.description,
            runbook: `docs/runbooks/prometheus-alerts.md#${rule.runbook}`,
        },
    };
}
