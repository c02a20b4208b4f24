export { LogGroups, type LogGroupsArgs, type LogGroupsNodes, type LogGroupsSpec, logRetention } from "./log-groups";
