export { createDashboards } from "./create";
export { planDashboards } from "./plan";
export type { DashboardPlan, GraphWidget, Widget } from "./widget";
