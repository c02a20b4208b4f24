export { LogGroups, type LogGroupsArgs, type LogGroupsSpec, logGroupRules } from "./log-groups";
