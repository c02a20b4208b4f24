import * as path from "node:path";
import { bundle } from "../../tools/bundle.cjs";
import { writeAtomically } from "../account/file";
import { main } from "./cli";
import { pluginSources } from "./compile";

/** The sandbox in a checkout of Plinth, where nothing is built beforehand. */
export function runInCheckout(sources: string, argv: string[]): Promise<number> {
    const installation = {
        command: "npm run sandbox --",
        operations: "npm run ops --",
        engineModule: path.join(sources, "engine"),
        // For the projects in `examples/`, which run this checkout's program.
        policyPack: path.join(path.dirname(sources), "policy"),
        // What runs is never older than its source. From `.sandbox/` in the checkout, the plugins find the checkout's packages.
        compiledPlugins: ({ plugins }: { plugins: string }) => {
            const compiled = bundle(path.dirname(sources), pluginSources(sources));
            for (const [name, text] of Object.entries(compiled)) {
                if (!name.endsWith(".map")) writeAtomically(path.join(plugins, `${name}.cjs`), text);
            }
            return plugins;
        },
    };
    return main(installation, argv);
}
