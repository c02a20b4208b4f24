/** The command line of the npm package: compiled, with the plugins in `plugins/` and the module of the engine in `engine/` beside it. */

import * as path from "node:path";
import { main } from "./cli";

const installation = {
    command: "npx plinth-sandbox",
    operations: "npx plinth-ops",
    engineModule: path.join(__dirname, "engine"),
    compiledPlugins: () => path.join(__dirname, "plugins"),
};
main(installation, process.argv.slice(2)).then((code) => {
    process.exitCode = code;
});
