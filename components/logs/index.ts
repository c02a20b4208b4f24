export { LogGroups, type LogGroupsArgs, logRetention } from "./log-groups";
