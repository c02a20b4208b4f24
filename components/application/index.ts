export { Application, type ApplicationArgs } from "./application";
export { applicationProblems } from "./rules";
export { type RbacObject, type RbacRule, type Reader, readersOf } from "./secret-readers";
export type { ApplicationSpec, MigrationSpec } from "./spec";
