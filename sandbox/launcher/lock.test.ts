import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { expect, it } from "vitest";
import { exclusively } from "./lock";

const aLock = () => path.join(mkdtempSync(path.join(tmpdir(), "plinth-lock-")), "lock");
const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

it("lets one do its work at a time, and leaves no lock", async () => {
    const lock = aLock();
    const happened: string[] = [];
    const work = (name: string) =>
        exclusively(lock, async () => {
            happened.push(`${name} begins`);
            await soon();
            happened.push(`${name} ends`);
        });
    await Promise.all([work("one"), work("other")]);
    expect(happened).toEqual(["one begins", "one ends", "other begins", "other ends"]);
    expect(existsSync(lock)).toBe(false);
});

it("gives the lock back when the work fails", async () => {
    const lock = aLock();
    await expect(exclusively(lock, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(existsSync(lock)).toBe(false);
});

it("takes no notice of a lock whose holder has died, even where its id lives again", async () => {
    const lock = aLock();
    for (const holder of [
        { pid: 2 ** 22 + 1 }, // there is no process of such an id
        { pid: process.pid, started: "of another start of the machine 1" }, // this process is another one than that lock's
    ]) {
        writeFileSync(lock, JSON.stringify(holder));
        await expect(exclusively(lock, () => Promise.resolve("done"))).resolves.toBe("done");
    }
});
