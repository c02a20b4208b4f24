import * as path from "node:path";
import { writeAtomically } from "../account/file";
import { main } from "./cli";
import { compilePlugins } from "./compile";

/** The sandbox in a checkout of Plinth, where nothing is built beforehand. */
export function runInCheckout(sources: string, argv: string[]): Promise<number> {
    const installation = {
        command: "npm run sandbox --",
        engineModule: path.join(sources, "engine"),
        // It takes some 50 ms, and what runs is never older than its source. From `.sandbox/` in the checkout, the plugins
        // find the checkout's packages.
        compiledPlugins: ({ plugins }: { plugins: string }) => {
            for (const file of compilePlugins(sources, plugins).outputFiles) writeAtomically(file.path, file.text);
            return plugins;
        },
    };
    return main(installation, argv);
}
