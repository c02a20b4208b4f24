import { defineConfig } from "vitest/config";

export default defineConfig({
    test: {
        include: ["{components,stacks,policy,sandbox,tests,tools}/**/*.test.ts"],
        globalSetup: ["tests/engine.setup.ts"],
        // An engine command waits for its own processes a good part of the time: on two cores, four files at once took 12 minutes, and two 15.
        maxWorkers: 4,
        testTimeout: 300_000,
        hookTimeout: 900_000,
    },
});
