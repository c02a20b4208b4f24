import { readFileSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { pricedRegions } from "./prices";
import { formatIndex, formatTable } from "./table";
import { readTable, regionsIn } from "./table-file";

const folder = path.join(__dirname, "data");
const textOf = (file: string) => readFileSync(path.join(folder, file), "utf8");

it.each(regionsIn(folder))("the table of %s is in the format in which it is written", (region) => {
    const table = readTable(folder, region);
    expect(table && formatTable(table)).toBe(textOf(`${region}.json`));
    expect(table?.region).toBe(region);
});

it("every table of the folder is imported", () => {
    expect(textOf("index.ts")).toBe(formatIndex(regionsIn(folder)));
    expect(pricedRegions).toEqual(regionsIn(folder));
});

it("every price has a source, and every source a price", () => {
    for (const region of regionsIn(folder)) {
        const { sources = {}, prices = {} } = readTable(folder, region) ?? {};
        const used = new Set(Object.values(prices).map(({ source }) => source));
        expect([...used].sort()).toEqual(Object.keys(sources).sort());
    }
});
