/**
 * `npm run kills -- --seed 1 --count 60` kills that many commands of the sandbox at random, and says after each whether the next
 * command brought state and account in line. It ends with 1 where one did not.
 */

import { Command } from "commander";
import { wholeNumber } from "../whole-number";
import { Killed, kills } from "./kills";

const { seed, count, from } = new Command("npm run kills --")
    .description("Kill commands of the sandbox at random moments, and check what the next command makes of it.")
    .option("--seed <number>", "which kills: the same seed makes the same ones", wholeNumber, 1)
    .option("--count <number>", "how many", wholeNumber, 60)
    .option("--from <number>", "leave out those before this one", wholeNumber, 1)
    .parse(process.argv.slice(3), { from: "user" })
    .opts<{ seed: number; count: number; from: number }>();

async function main(): Promise<void> {
    const killed = new Killed();
    const all = kills(seed, count);
    let [failed, missed] = [0, 0];
    try {
        for (const [index, planned] of all.entries()) {
            if (index + 1 < from) continue;
            const kill = await killed.timed(planned);
            const { inTheMiddle, problems } = await killed.run(kill);
            if (!inTheMiddle) missed += 1;
            if (problems.length > 0) failed += 1;
            const { command, victim, delay, next } = kill;
            const moment = inTheMiddle ? `${delay} ms after the first change` : "after its end";
            const result = problems.length === 0 ? "recovered" : `FAILED\n${problems.join("\n")}`;
            console.log(`${index + 1}/${count} ${command}, ${victim} killed ${moment}, then ${next}: ${result}`);
        }
    } finally {
        killed.remove();
    }
    console.log(`${failed} failed; ${missed} of the commands had ended before they were killed.`);
    process.exitCode = failed === 0 ? 0 : 1;
}

main();
