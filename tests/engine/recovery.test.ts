import { execFileSync } from "node:child_process";
import { afterAll, describe, expect, it } from "vitest";
import { Checkout, finished } from "./checkout";

/** Milliseconds after the first resource was reported as created at which the whole group is killed. */
const MOMENTS = [0, 60, 150, 300];

const checkout = new Checkout(["cluster", "cache", "notifications"], { asUsersRun: true });
afterAll(() => checkout.remove());

/** The processes of this checkout's sandbox: their command lines name files in it. */
function processes(): string[] {
    const lines = execFileSync("ps", ["-axww", "-o", "pid=,args="], { encoding: "utf8" }).split("\n");
    return lines.filter((line) => line.includes(`${checkout.directory}/`));
}

/** Starts `up dev`, and kills its whole process group while resources are being created. */
async function killedInTheMiddle(delay: number): Promise<string> {
    const child = checkout.start(["pulumi", "up", "--stack", "dev", "--yes", "--skip-preview"]);
    const end = finished(child);
    await new Promise<void>((resolve) => {
        child.stdout?.on("data", (text: string) => {
            if (text.includes("created")) setTimeout(resolve, delay);
        });
        child.once("close", () => resolve());
    });
    process.kill(-(child.pid ?? 0), "SIGKILL");
    return (await end).output;
}

describe("an update that is killed with its whole process group", () => {
    it.each(MOMENTS)("%i ms in, is finished by the next one, with everything once", async (delay) => {
        await checkout.succeed("reset");
        await checkout.succeed("pulumi", "stack", "init", "dev");
        const output = await killedInTheMiddle(delay);
        expect(output).not.toContain("Duration:"); // or it was not in the middle

        await checkout.update("dev");
        expect(processes()).toEqual([]);
        const { deployment } = checkout.state("dev");
        expect(deployment.pending_operations ?? []).toEqual([]);
        const inState = deployment.resources
            .filter(({ type }) => type.startsWith("aws:"))
            .map(({ type, id }) => `${type} ${id}`);
        const inAccount = (await checkout.account("dev")).resources.map(({ type, id }) => `${type} ${id}`);
        expect(inAccount.sort()).toEqual(inState.sort());
        expect(new Set(inAccount).size).toBe(inAccount.length);
        if (delay === MOMENTS.at(-1)) expect(await checkout.steps("dev")).toEqual([]);
    });
});
