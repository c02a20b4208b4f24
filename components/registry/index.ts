export { registryProblems } from "./plan";
export { Registry, type RegistryArgs, type RegistryNodes } from "./registry";
export { type RegistrySpec, registrySettings } from "./spec";
