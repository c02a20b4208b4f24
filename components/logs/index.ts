export { LogGroups, type LogGroupsArgs, type LogGroupsNodes, type LogGroupsSpec } from "./log-groups";
