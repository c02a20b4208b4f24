/**
 * `npm run kills:drill -- --seed 1 --count 50` kills that many restore drills at random moments, and says after each whether the next
 * start left nothing of it, and the living database as it was. It ends with 1 where one did not.
 */

import { Command } from "commander";
import { DrillStage, living } from "../ops/testing/drill-stage";
import { numbers } from "../sandbox/emulation/random";
import { wholeNumber } from "./whole-number";

const { seed, count } = new Command("npm run kills:drill --")
    .description("Kill restore drills at random moments, and check what the next start makes of it.")
    .option("--seed <number>", "which kills: the same seed makes the same ones", wholeNumber, 1)
    .option("--count <number>", "how many", wholeNumber, 50)
    .parse(process.argv.slice(3), { from: "user" })
    .opts<{ seed: number; count: number }>();

/** Kills a drill, and returns what it had done; undefined where it had ended before. */
async function killed(stage: DrillStage, delay: number): Promise<string | undefined> {
    let pid: number | undefined;
    let timer: NodeJS.Timeout | undefined;
    stage.listenForPasswords(() => {
        timer ??= setTimeout(() => pid !== undefined && process.kill(pid, "SIGKILL"), delay);
        return true;
    });
    const { code } = await stage.drill([], (child) => {
        pid = child.pid;
        child.once("exit", () => {
            pid = undefined;
        });
    });
    clearTimeout(timer);
    stage.listenForPasswords();
    if (code !== undefined) return undefined;
    // What RDS was asked for last has its effect, whoever waits for the answer.
    await new Promise((resolve) => setTimeout(resolve, 200));
    return stage.calls.changes.at(-1)?.action ?? "nothing";
}

/** From the first call of RDS to the end of a drill that is not killed. */
async function duration(stage: DrillStage): Promise<number> {
    let began: number | undefined;
    stage.listenForPasswords(() => {
        began ??= Date.now();
        return true;
    });
    await stage.drill();
    return Date.now() - (began ?? 0);
}

async function main(): Promise<void> {
    const random = numbers(seed);
    const stage = new DrillStage();
    const done: Record<string, number> = {};
    let [failed, missed] = [0, 0];
    try {
        await stage.start();
        const before = await stage.livingState();
        const drillMilliseconds = await duration(stage);
        for (let index = 1; index <= count; ) {
            stage.forget();
            const delay = Math.floor(random() * drillMilliseconds);
            const next = random() < 0.75 ? [] : ["--clean-up"];
            const last = await killed(stage, delay);
            if (last === undefined) {
                missed += 1;
                continue;
            }
            done[last] = (done[last] ?? 0) + 1;
            const begun = stage.files().includes("prod.state.json");
            const { code, stderr } = await stage.drill(next);
            const problems: string[] = [];
            if (code !== 0) problems.push(`the next start ended with ${code}: ${stderr}`);
            const instances = await stage.instances();
            if (instances.join() !== living) problems.push(`in RDS: ${instances.join()}`);
            if ((await stage.livingState()) !== before) problems.push("the living database is another");
            const left = stage.files().filter((file) => !/^prod-[0-9-]+-[0-9a-f]{8}\.(json|md)$/.test(file));
            if (left.length > 0) problems.push(`left: ${left.join()}`);
            // One that was begun goes on and is the only one; the evidence of one is two files.
            const drills = new Set(stage.files().map((file) => file.replace(/\.(json|md)$/, ""))).size;
            if (begun && next.length === 0 && drills !== 1) problems.push(`${drills} drills have left evidence`);
            if (problems.length > 0) failed += 1;
            const moment = `after ${delay} ms, its last change ${last}`;
            const how = next[0] ?? "another start";
            const result = problems.length === 0 ? "nothing is left" : `FAILED\n${problems.join("\n")}`;
            console.log(`${index++}/${count} killed ${moment}, then ${how}: ${result}`);
        }
    } finally {
        stage.stop();
    }
    console.log(`Killed after: ${JSON.stringify(done)}`);
    console.log(`${failed} failed; ${missed} drills besides had ended before they were killed.`);
    process.exitCode = failed === 0 ? 0 : 1;
}

main();
