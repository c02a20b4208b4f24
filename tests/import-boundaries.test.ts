import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const ROOT = path.join(__dirname, "..");

/** For every room: an import that it may not have, and one that it may. */
const CASES: [file: string, forbidden: string, allowed: string][] = [
    ["components/network/to-stacks.ts", "../../stacks/platform", "../encryption"],
    ["components/network/to-policy.ts", "@plinth/policy/pack", "./policy"],
    ["components/network/to-sandbox.ts", "../../sandbox/rpc/values", "../queue"],
    ["components/network/to-cost.ts", "@plinth/cost", "./cost"],
    ["components/network/to-prices.ts", "../../cost/prices/prices", "../encryption"],
    ["components/network/to-tests.ts", "../../tests/checkout", "../testing/mocks"],
    ["components/network/to-ops.ts", "@plinth/ops/files", "@plinth/facts"],
    ["facts/to-components.ts", "@plinth/components", "./offers"],
    ["facts/to-sandbox.ts", "../sandbox/rpc/values", "./data"],
    ["stacks/to-policy.ts", "../policy", "@plinth/components"],
    ["stacks/to-sandbox.ts", "../sandbox/rpc/values", "@plinth/components/network"],
    ["stacks/to-ops.ts", "../ops/ops-error", "./part"],
    ["policy/to-stacks.ts", "../stacks/resolve", "./rule"],
    ["policy/to-sandbox.ts", "../sandbox/rpc/values", "./rules"],
    ["policy/to-cost.ts", "@plinth/cost", "./cost"],
    ["policy/rules/to-prices.ts", "../../cost/prices/prices", "./prices"],
    ["policy/rules/to-components.ts", "@plinth/components", "@plinth/components/secret-names"],
    ["policy/rules/to-a-component.ts", "../../components/network", "../../components/secret-names"],
    ["policy/graph/to-a-component.ts", "../../components/network", "../../components/unknown-values"],
    ["policy/to-ops.ts", "@plinth/ops/files", "./rule"],
    ["cost/to-ops.ts", "../ops/ops-error", "./estimate"],
    ["ops/database/to-components.ts", "@plinth/components", "./sql"],
    ["ops/to-stacks.ts", "../stacks/config", "./stack/outputs"],
    ["ops/to-cost.ts", "@plinth/cost", "./files"],
    ["ops/tenants/to-policy.ts", "../../policy/rules", "../database/connection"],
    ["ops/stack/to-sandbox.ts", "../../sandbox/launcher/run", "../ops-error"],
    ["ops/testing/to-tests.ts", "../../tests/checkout", "./postgres"],
    ["ops/testing/to-sandbox.ts", "../../sandbox/launcher/run", "../../sandbox/servers/port"],
    ["ops/database/to-servers.ts", "../../sandbox/servers/port", "../stack/outputs"],
    ["cost/to-stacks.ts", "../stacks/config", "./estimate"],
    ["cost/types/to-policy.ts", "../../policy/rules", "./policy"],
    ["cost/to-sandbox.ts", "../sandbox/rpc/values", "./plan/preview"],
    ["cost/prices/to-tests.ts", "../../tests/checkout", "./testing/price-list"],
    ["cost/types/to-components.ts", "@plinth/components", "@plinth/components/cluster/versions"],
    ["cost/plan/to-a-component.ts", "@plinth/components/network", "@plinth/components/unknown-values"],
    ["cost/to-a-component.ts", "@plinth/components/cluster", "@plinth/components/instance-classes"],
    ["cost/to-a-file.ts", "../components/cluster/plan", "@plinth/components/settings"],
    ["sandbox/rpc/to-account.ts", "../account/account", "./values"],
    ["sandbox/account/to-providers.ts", "../providers/environment", "../rpc/values"],
    ["sandbox/providers/aws/to-launcher.ts", "../../launcher/run", "../../account/account"],
    ["sandbox/providers/aws/to-emulation.ts", "../../emulation/seed", "../provider"],
    ["sandbox/emulation/to-launcher.ts", "../launcher/layout", "../providers/environment"],
    ["sandbox/emulation/to-servers.ts", "../servers/port", "../account/account"],
    ["sandbox/servers/to-launcher.ts", "../launcher/layout", "./port"],
    ["sandbox/servers/to-emulation.ts", "../emulation/seed", "../account/account"],
    ["sandbox/servers/to-ops.ts", "../../ops/files", "../providers/environment"],
    ["sandbox/launcher/to-language-host.ts", "../language-host/program", "../emulation/seed"],
    ["sandbox/launcher/to-ops.ts", "../../ops/files", "../account/account"],
    ["sandbox/launcher/to-components.ts", "../../components", "@plinth/facts"],
    ["sandbox/language-host/to-launcher.ts", "../launcher/run", "../rpc/server"],
];

const folders: string[] = [];
afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The files in which the linter reports an import, where each has the one that `importOf` chooses. */
function reported(importOf: (forbidden: string, allowed: string) => string): string[] {
    const folder = mkdtempSync(path.join(tmpdir(), "plinth-boundaries-"));
    folders.push(folder);
    for (const file of ["biome.json", "biome.boundaries.json"])
        copyFileSync(path.join(ROOT, file), path.join(folder, file));
    for (const [file, forbidden, allowed] of CASES) {
        mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
        writeFileSync(path.join(folder, file), `import "${importOf(forbidden, allowed)}";\n`);
    }
    const biome = path.join(ROOT, "node_modules", ".bin", "biome");
    const options = ["--only=style/noRestrictedImports", "--vcs-enabled=false", "--max-diagnostics=none"];
    const { status, stdout, stderr } = spawnSync(biome, ["lint", ...options, "."], { cwd: folder, encoding: "utf8" });
    const files = [...`${stdout}${stderr}`.matchAll(/^(\S+):\d+:\d+ lint\/style\/noRestrictedImports/gm)];
    expect(status, stderr).toBe(files.length > 0 ? 1 : 0);
    return files.map(([, file = ""]) => file).sort();
}

describe("the linter", () => {
    it("reports every import across a boundary", () => {
        expect(reported((forbidden) => forbidden)).toEqual(CASES.map(([file]) => file).sort());
    });

    it("takes every other import", () => {
        expect(reported((_, allowed) => allowed)).toEqual([]);
    });
});
