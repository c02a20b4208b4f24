export { LogGroups, type LogGroupsArgs, type LogGroupsSpec } from "./log-groups";
