export { type Amounts, type CostLine, type Estimate, estimate, MissingPricesError, type Uncharged } from "./estimate";
export { PlanCollector } from "./plan/collector";
export { type Plan, readPreview } from "./plan/preview";
export type { PlannedResource } from "./plan/resource";
export { type Confidence, pricedRegions } from "./prices/prices";
export { type Usage, usageSettings } from "./usage";
