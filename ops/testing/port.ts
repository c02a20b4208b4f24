export { freePort } from "../../sandbox/servers/port";
