// The command line of the npm package.
import { main } from "./command-line";

main({ command: "npx plinth-cost", sandbox: "node_modules/@plinth/sandbox/cli.cjs" }, process.argv.slice(2));
