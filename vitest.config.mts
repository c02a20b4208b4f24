import { defineConfig } from "vitest/config";

export default defineConfig({
    test: {
        include: ["{components,stacks,policy,sandbox,tests,tools}/**/*.test.ts"],
        globalSetup: ["tests/engine.setup.ts"],
        // Two cores: the engine's own processes already fill them.
        maxWorkers: 2,
        testTimeout: 120_000,
        hookTimeout: 900_000,
    },
});
