export { LogGroups, type LogGroupsArgs, type LogGroupsSpec, logRetention } from "./log-groups";
