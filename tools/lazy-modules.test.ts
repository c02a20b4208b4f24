import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";

/** Says which of the late modules are loaded: with the SDK, and after it has serialized a function. */
const script = `
    require("./tools/lazy-modules.cjs");
    const loaded = () => ["@npmcli/arborist", "typescript"].filter((name) => require.resolve(name) in require.cache);
    const pulumi = require("@pulumi/pulumi");
    const before = loaded();
    pulumi.runtime.serializeFunction(() => 41 + 1).then(({ text }) => {
        console.log(JSON.stringify({ before, after: loaded(), serialized: text.includes("41 + 1") }));
    });
`;

it("leaves the compiler out until a function is serialized, as which the SDK still can", () => {
    const printed = execFileSync(process.execPath, ["--no-warnings", "-e", script], {
        cwd: `${__dirname}/..`,
        encoding: "utf8",
    });
    expect(JSON.parse(printed)).toEqual({ before: [], after: ["typescript"], serialized: true });
});
