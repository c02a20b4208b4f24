export { registryProblems } from "./plan";
export { Registry, type RegistryArgs } from "./registry";
export { type RegistrySpec, registrySettings } from "./spec";
