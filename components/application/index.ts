export { Application } from "./application";
export type { ApplicationArgs } from "./args";
export type { ApplicationNodes } from "./nodes";
export { applicationProblems } from "./rules";
export { secretUseProblems } from "./secret-keys";
export { type RbacObject, type RbacRule, type Reader, readersOf } from "./secret-readers";
export { type ApplicationSpec, applicationSettings, type MigrationSpec } from "./spec";
