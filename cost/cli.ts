// `npm run cost`: the command line in a checkout.
import { main } from "./command-line";

main({ command: "npm run cost --", sandbox: "sandbox/cli.cjs" }, process.argv.slice(3));
