export * from "./cache";
export type { DataClient } from "./client";
export type { ComponentArgs, PlatformContext } from "./component";
export * from "./database";
export * from "./encryption";
export * from "./network";
export * from "./queue";
export type { Transform } from "./transform";
export { InvalidSpecError, type Problem, problemAt } from "./validation";
