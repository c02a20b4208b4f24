export { Budgets, type BudgetsArgs, type BudgetsNodes } from "./budgets";
export { budgetProblems } from "./rules";
export { type BudgetSpec, budgetSettings } from "./spec";
