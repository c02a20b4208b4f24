import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import Ajv from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { examples } from ".";
import { type Figure, faultOf } from "./example";
import { NotKnownYetError, StackView } from "./stack-view";

interface Schema {
    properties?: Record<string, Schema>;
    additionalProperties?: Schema | false;
    anyOf?: Schema[];
}

const read = (...file: string[]) => readFileSync(path.join(__dirname, ...file), "utf8");
const schema = JSON.parse(read("../stacks/stack.schema.json")) as Schema;
const files = examples.flatMap(({ name, stacks }) => stacks.map((stack) => [name, stack] as const));

/** Whether a setting such as `clients.<name>.securityGroupId` is in the schema. */
function isSetting(setting: string): boolean {
    const [part = "", ...steps] = setting.split(".");
    const config = schema.properties?.config?.properties ?? {};
    return (
        [part, ...steps].reduce<Schema[]>(
            (found, step, index) => found.flatMap((one) => below(one, index === 0 ? `plinth:${step}` : step)),
            [{ properties: config }],
        ).length > 0
    );
}

function below(one: Schema, step: string): Schema[] {
    const all = [one, ...(one.anyOf ?? [])];
    return all.flatMap(({ properties = {}, additionalProperties: others }) => {
        const next = properties[step] ?? (step === "<name>" && others ? others : undefined);
        return next ? [next] : [];
    });
}

it("are all listed", () => {
    const folders = readdirSync(__dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(examples.map(({ name }) => name).sort()).toEqual(folders.map(({ name }) => name).sort());
});

describe.each(examples)("$name", ({ name, stacks, sections, variables = {} }) => {
    it("has the stacks that are listed, of this repository's one program", () => {
        const found = readdirSync(path.join(__dirname, name)).flatMap(
            (file) => /^Pulumi\.(\w+)\.yaml$/.exec(file)?.[1] ?? [],
        );
        expect(found.sort()).toEqual([...stacks].sort());
        const project = parse(read(name, "Pulumi.yaml")) as { name: string; main: string };
        expect(project.name).toBe(name);
        expect(path.join(__dirname, name, project.main)).toBe(path.join(__dirname, "../stacks/run.cjs"));
    });

    it("names every figure once in its section", () => {
        for (const figures of Object.values(sections)) {
            const names = figures.map(({ what }) => what);
            expect(names.filter((one, index) => names.indexOf(one) !== index)).toEqual([]);
        }
    });

    it("names settings that there are, in the place of the document's variables", () => {
        expect(Object.values(variables).filter((setting) => !isSetting(setting))).toEqual([]);
        expect(isSetting("database.backupWindows")).toBe(false);
    });
});

describe.each(files)("%s %s", (name, stack) => {
    it("is accepted by the JSON Schema that it names", () => {
        const text = read(name, `Pulumi.${stack}.yaml`);
        expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/\.\.\/stacks\/stack\.schema\.json\n/);
        const validate = new Ajv({ allErrors: true }).compile(schema);
        validate(parse(text));
        expect(validate.errors ?? []).toEqual([]);
    });

    it("trusts only subnets that are there before", () => {
        const trusted = path.join(__dirname, name, `policy/config/${stack}.json`);
        const text = existsSync(trusted) ? readFileSync(trusted, "utf8") : "";
        const before = existsSync(path.join(__dirname, name, `Sandbox.${stack}.yaml`))
            ? read(name, `Sandbox.${stack}.yaml`)
            : "";
        for (const [id] of text.matchAll(/subnet-\w+/g)) expect(before).toContain(`id: ${id}\n`);
    });
});

describe("a figure", () => {
    const figure = (change: Partial<Figure>): Figure => ({ what: "class", says: ["small", "large"], ...change });
    const stacks = ["dev", "prod"];

    it.each<[string, Partial<Figure>, string[], string[]]>([
        ["that is as the document says", {}, ["small", "large"], []],
        ["that differs for a reason", { because: "more" }, ["small", "huge"], []],
        [
            "that differs without a reason",
            {},
            ["small", "huge"],
            ["class: the document says small / large, and small / huge is registered; say why"],
        ],
        [
            "that has a reason and does not differ",
            { because: "more" },
            ["small", "large"],
            ["class: is as the document says, but gives a reason why it differs"],
        ],
    ])("%s", (_, change, registered, faults) => {
        expect(faultOf(figure(change), stacks, registered)).toEqual(faults);
    });

    it("is for each of the stacks, or for all", () => {
        expect(() => faultOf(figure({ says: ["small"] }), stacks, ["small", "large"])).toThrow(
            "small is not for 2 stacks",
        );
    });
});

describe("a stack", () => {
    const view = new StackView(
        [
            { type: "plinth:queue:Queue", name: "orders", inputs: {} },
            { type: "a:b:Role", name: "readers", inputs: { rules: [{ verb: "get" }] } },
            { type: "a:b:Binding", name: "readers", inputs: { subjects: ["team"] } },
            { type: "aws:sqs/queue:Queue", name: "orders", inputs: { delay: 0, tags: { Owner: "team" }, names: [] } },
            { type: "a:b:Secret", name: "secret", inputs: { text: marked({ value: '{"user":"u"}' }) } },
            { type: "a:b:Secret", name: "exported", inputs: { text: marked({ plaintext: '"shown"' }) } },
        ],
        { queue: { url: "https://…" } },
    );

    it("is read by names and paths", () => {
        expect(view.text("orders", "tags", "Owner")).toBe("team");
        expect([view.text("orders", "delay"), view.text("orders", "names"), view.text("orders", "fifo")]).toEqual([
            "0",
            "none",
            "none",
        ]);
        expect([view.text("readers", "subjects"), view.text("readers", "rules", 0, "verb")]).toEqual(["team", "get"]);
        expect(view.output("queue", "url")).toBe("https://…");
    });

    it("shows what is secret, as it is under the mocks and in an export", () => {
        expect(view.json("secret", "text")).toEqual({ user: "u" });
        expect(view.text("exported", "text")).toBe("shown");
    });

    it("says of what a preview does not know yet that it does not", () => {
        const id = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
        const preview = new StackView(
            [{ type: "a:b:C", name: "one", inputs: { id, ids: [id], of: { id } } }],
            undefined,
        );
        expect(() => preview.text("one", "id")).toThrow(NotKnownYetError);
        expect(() => preview.list("one", "ids")).toThrow(NotKnownYetError);
        expect(() => preview.json("one", "of", "id")).toThrow(NotKnownYetError);
        expect(() => preview.output("queue")).toThrow(NotKnownYetError);
        expect(preview.value("one", "id") === undefined).toBe(false);
    });

    it("has no answer to what is not there, and none that is no plain value", () => {
        expect(() => view.text("bills", "delay")).toThrow("0 resources are named bills");
        expect(() => view.text("orders", "tags")).toThrow("orders.tags is no plain value");
        expect(() => view.list("orders", "delay")).toThrow("orders.delay is no list");
    });
});

/** A secret as Pulumi writes it. */
function marked(value: Record<string, string>): Record<string, string> {
    return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ...value };
}
