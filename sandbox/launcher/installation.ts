import type { Layout } from "./layout";

/** What a checkout of Plinth and the npm package have in different places. */
export interface Installation {
    /** How the user calls the sandbox. */
    command: string;
    /** How the user calls the operations on a stack that is up. */
    operations: string;
    /** The folder of the Go module that the engine is built from where it can't be downloaded. */
    engineModule: string;
    /** The folder of the policy pack for projects that have none of their own. */
    policyPack?: string;
    /** Returns the folder of the compiled plugins. A checkout compiles them first. */
    compiledPlugins(layout: Layout): string;
}
