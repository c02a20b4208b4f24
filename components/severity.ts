/** Whom an alarm or an alert is for: `critical` whoever is on call, at once; `warning` whoever looks next. */
export type Severity = "critical" | "warning";
