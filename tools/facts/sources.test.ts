import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { originOf, type Source, SourceFolder, UnreachableSource } from "./sources";

let folder: string;
beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "plinth-sources-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const source: Source = {
    ...{ name: "calendar", version: "1", licence: "MIT", date: "2026-11-01" },
    files: { "a.md": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    url: () => "http://localhost:1/a.md",
};

describe("a source", () => {
    it("is taken from a folder that has its files", async () => {
        writeFileSync(path.join(folder, "a.md"), "abc");
        const found = await new SourceFolder(folder).fetch(source);
        expect(readFileSync(path.join(found, "a.md"), "utf8")).toBe("abc");
    });

    it("is refused where a file is not the pinned one", async () => {
        writeFileSync(path.join(folder, "a.md"), "abd");
        await expect(new SourceFolder(folder).fetch(source)).rejects.toThrow("a.md has the SHA-256");
    });

    it("that cannot be reached is told from one that is wrong", async () => {
        await expect(new SourceFolder(folder).fetch(source)).rejects.toThrow(UnreachableSource);
    });

    it("is named in the file, which is valid for 180 days", () => {
        const { sources, takenOn, validUntil } = originOf(source);
        expect(sources).toEqual([{ name: "calendar", version: "1", licence: "MIT", date: "2026-11-01" }]);
        expect(Date.parse(validUntil) - Date.parse(takenOn)).toBe(180 * 86_400_000);
    });
});
