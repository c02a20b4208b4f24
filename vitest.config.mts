import { defineConfig } from "vitest/config";

/** Files in tests/ that start the engine: each takes two processors for half a minute or so. */
const engine = ["tests/engine/**/*.test.ts"];

export default defineConfig({
    test: {
        setupFiles: ["tests/stack-traces.setup.ts"],
        projects: [
            {
                extends: true,
                test: {
                    name: "unit",
                    include: ["{components,cost,examples,facts,ops,stacks,policy,sandbox,tests,tools}/**/*.test.ts"],
                    exclude: engine,
                    // One process loads the SDKs once for all its files. No test leaves anything behind in one.
                    isolate: false,
                    testTimeout: 60_000,
                    hookTimeout: 60_000,
                },
            },
            {
                extends: true,
                test: {
                    name: "engine",
                    include: engine,
                    // The files of a process share one that keeps the platform's program loaded.
                    isolate: false,
                    globalSetup: ["tests/engine/engine.setup.ts"],
                    testTimeout: 300_000,
                    hookTimeout: 900_000,
                },
            },
        ],
        // An engine command waits for its own processes a good part of the time: on two cores, four files at once took 12 minutes, and two 15.
        maxWorkers: 4,
    },
});
