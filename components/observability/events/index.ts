export { createEvents, type EventNodes } from "./create";
export { planEvents, type WatchedBackup, type WatchedRegistry } from "./plan";
