// Serves these parts of the stack `dev` of a project, until it is interrupted: `<folder> <parts...>`.

import { servedParts } from "../../servers/servers";
import { layoutOf } from "../layout";
import { plannedServing, untilInterrupted, withServers } from "../serve";
import { stackOutputs } from "./account";

const [folder = "", ...parts] = process.argv.slice(3);
const layout = layoutOf(folder);
const plan = plannedServing(
    layout,
    "dev",
    servedParts.filter((part) => parts.includes(part)),
);
withServers(layout, { stack: "dev", plan, outputs: stackOutputs }, async (_, signal) => {
    process.stdout.write("ready\n");
    await untilInterrupted(signal);
    return 0;
}).then((code) => {
    process.exitCode = code;
});
