import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LanguageHost, pythonHost, yamlHost } from "./language-hosts";
import { PackedProject } from "./packed-project";

/** The program was type-checked by the first run: the others leave that out, which takes most of their time. */
const checkedBefore = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };

const sdk: string = JSON.parse(readFileSync(path.join(__dirname, "../../package.json"), "utf8")).dependencies[
    "@pulumi/pulumi"
];
const program = path.join(__dirname, "programs/packages");
const onPath = (folder: string) => ({ PATH: `${folder}${path.delimiter}${process.env.PATH}` });

let project: PackedProject;
/** The language hosts of YAML and of Python: where they have to be built, that is done while the other tests run. */
let hosts: { yaml: Promise<LanguageHost>; python: Promise<LanguageHost> };
beforeAll(() => {
    hosts = { yaml: yamlHost(), python: pythonHost(sdk) };
    project = new PackedProject(program);
});
afterAll(() => project?.remove());

describe("each package", () => {
    it("has no tests, no TypeScript but declarations, and everything that its package.json names", () => {
        for (const { name, files } of project.packages) {
            const wrong = files.filter((file) => /\.test\.|(^|\/)testing\/|(?<!\.d)\.ts$/.test(file));
            expect([name, wrong]).toEqual([name, []]);
            expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
            const { main, types, bin, exports } = JSON.parse(project.read(`node_modules/${name}/package.json`));
            const named = JSON.stringify([main, types, bin, exports]).matchAll(/"(?:\.\/)?([^"*]+\.[a-z]+)"/g);
            expect(files).toEqual(expect.arrayContaining([...named].map(([, file]) => file)));
        }
    });
});

describe("the components", () => {
    it("come up in another project's program, which is type-checked against their declarations", async () => {
        const { code, output } = await project.sandbox(["up", "dev", "--skip-preview"]);
        expect([code, output]).toEqual([0, expect.stringMatching(/queueUrl\s*: "https:\/\/sqs\.eu-west-1\./)]);
        const { stdout } = await project.sandbox(["account", "dev"]);
        expect(stdout).toMatch(/aws:sqs\/queue:Queue .*shop-dev-orders-dead-letter/);
    });

    it("bring the files that they read, as they are in the sources", () => {
        const sources = path.join(__dirname, "../../components");
        const data = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter((file) =>
            /\.(sql|sh)$/.test(file),
        );
        expect(data.length).toBeGreaterThan(0);
        for (const file of data) {
            expect(project.read(`node_modules/@plinth/components/${file}`)).toBe(
                readFileSync(path.join(sources, file), "utf8"),
            );
        }
    });
});

describe("the policy pack", () => {
    const plain = ["--config", "shop:plain=true"];

    it("refuses what its rules forbid, run from node_modules", async () => {
        const pack = ["--policy-pack", "node_modules/@plinth/policy"];
        const { code, output } = await project.sandbox(["preview", "dev", ...pack, ...plain], checkedBefore);
        expect([code, output]).toEqual([1, expect.stringMatching(/queue-encrypted-at-rest.*Queue: plain/)]);
    });

    it("does not pass a policy that an invoke makes of unknown values", async () => {
        const pack = ["--policy-pack", "node_modules/@plinth/policy", "--config", "shop:invoked=true"];
        const { code, output } = await project.sandbox(["preview", "dev", ...pack], checkedBefore);
        const unproved = "invoked: cannot be proved: its policy is not known yet";
        expect([code, output]).toEqual([1, expect.stringContaining(unproved)]);
        expect(output).toMatch(/queue-policy-not-public.*QueuePolicy: invoked/);
    });

    it("runs from a folder of its own, as `pulumi policy publish` wants it, and passes what keeps its rules", async () => {
        const pack = ["--policy-pack", project.unpack("@plinth/policy")];
        const { code, output } = await project.sandbox(["preview", "dev", ...pack], checkedBefore, "src");
        expect([code, output]).toEqual([0, expect.stringMatching(/✅ plinth@v\d/)]);
    });

    it("leaves a document that names a queue of the stack to the update, which refuses an open one before it is created", async () => {
        const run = (command: string, sender: string) => {
            const options = ["--policy-pack", "node_modules/@plinth/policy", "--config", `shop:sender=${sender}`];
            return project.sandbox([command, "dev", ...options], checkedBefore);
        };
        const narrow = await run("preview", "arn:aws:iam::123456789012:role/sender");
        expect([narrow.code, narrow.output]).toEqual([0, expect.stringMatching(/proved-at-preview[\s\S]*about named/)]);
        const open = await run("up", "*");
        expect([open.code, open.output]).toEqual([
            1,
            expect.stringMatching(/queue-policy-not-public[\s\S]*named: statement/),
        ]);
        const { stdout } = await project.sandbox(["account", "dev"]);
        expect(stdout).toMatch(/aws:sqs\/queue:Queue .*\(named\)/);
        expect(stdout).not.toMatch(/aws:sqs\/queuePolicy:QueuePolicy .*\(named\)/);
    });
});

describe("the command that prices a stack", () => {
    it("prices another project's stack, planned in its sandbox", async () => {
        const { code, stdout } = await project.run(["plinth-cost", "dev", "--json"], checkedBefore);
        expect(code).toBe(0);
        const { lines } = JSON.parse(stdout) as { lines: { price: string; monthlyUsd: number }[] };
        const amounts = Object.fromEntries(lines.map(({ price, monthlyUsd }) => [price, monthlyUsd]));
        expect(amounts["sqs/standard"]).toBeGreaterThan(0);
    });
});

describe.each(["yaml", "python"] as const)("the component package in a program in %s", (language) => {
    it("comes up as in TypeScript", async (context) => {
        const found = await hosts[language];
        if ("missing" in found) return context.skip(found.missing);
        const { code, output } = await project.sandbox(["up", "dev", "--skip-preview"], onPath(found.path), language);
        expect([code, output]).toEqual([0, expect.stringMatching(/queueUrl\s*: "https:\/\/sqs.*\/shop-dev-orders"/)]);
        expect(output).toMatch(/endpoint\s*: "shop-dev-database.*:5432"/);
        expect(output).toMatch(/plinth:database:Database database creating/);
    });
});

describe("the component package", () => {
    it("is used as the documentation shows", () => {
        const page = readFileSync(path.join(__dirname, "../../docs/packages.md"), "utf8");
        const used = readFileSync(path.join(program, "yaml/Pulumi.yaml"), "utf8").replace(
            "../node_modules",
            "node_modules",
        );
        const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, example = ""]) =>
            example.replace("resources:\n", ""),
        );
        expect(examples).toHaveLength(2);
        for (const example of examples) expect(used).toContain(example);
    });

    it("says what is wrong with a setting, and what it has to be", async (context) => {
        const found = await hosts.yaml;
        if ("missing" in found) return context.skip(found.missing);
        const { code, output } = await project.sandbox(
            ["preview", "dev", "--config", "shop:timeout=50000"],
            onPath(found.path),
            "yaml",
        );
        const wrong = "orders.visibilityTimeoutSeconds: 50000 is out of range; give 0 to 43200";
        expect([code, output]).toEqual([1, expect.stringContaining(wrong)]);
        expect(output).not.toMatch(/\n\s+at /);
    });
});

describe("the sandbox in another project", () => {
    it("runs without a policy pack where the project has none", async () => {
        const { code, output } = await project.sandbox(
            ["preview", "dev", ...["--config", "shop:plain=true"]],
            checkedBefore,
        );
        expect([code, output]).toEqual([0, expect.not.stringContaining("Policies:")]);
    });

    it("keeps everything in .sandbox, which git ignores", () => {
        expect(readdirSync(project.directory).sort()).toEqual(
            [...readdirSync(program), ".sandbox", "node_modules", "package-lock.json", "package.json"].sort(),
        );
        expect(existsSync(path.join(project.directory, "src/.sandbox"))).toBe(false);
        expect(project.read(".sandbox/.gitignore")).toBe("*\n");
    });

    it("names the stacks that there are where one is asked for that has no configuration", async () => {
        const { code, output } = await project.sandbox(["preview", "prod"]);
        expect([code, output]).toEqual([1, expect.stringContaining("create one, or name one of dev")]);
    });
});
