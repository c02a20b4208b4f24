export { LogGroups, type LogGroupsArgs, type LogGroupsSpec, logGroupRules, logRetention } from "./log-groups";
