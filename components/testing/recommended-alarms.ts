import published from "./aws-metrics.json";

/** An alarm that AWS recommends. */
export interface RecommendedAlarm {
    dimensions: string[];
    statistic: string;
    comparison: string;
    /** Null where AWS says to compute it. */
    threshold: number | null;
    periodSeconds: number;
    evaluationPeriods: number;
    missingData: string;
}

/** What AWS publishes of each metric, by namespace and name. */
export const publishedMetrics: Record<
    string,
    Record<string, { statistics: string | null; recommendedAlarms?: RecommendedAlarm[] }>
> = published.namespaces;

/** Where that is from. */
export const metricsSource = published.source;

/** Every alarm that AWS recommends, with what it is on. */
export const recommendedAlarms = Object.entries(publishedMetrics).flatMap(([namespace, metrics]) =>
    Object.entries(metrics).flatMap(([metric, { recommendedAlarms: alarms = [] }]) =>
        alarms.map((alarm) => ({ namespace, metric, alarm })),
    ),
);
