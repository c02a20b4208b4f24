import { afterAll, describe, expect, it } from "vitest";
import { type Kill, Killed } from "./kills";

const killed = new Killed();
afterAll(() => killed.remove());

/** Each command costs seconds, so these are few: `npm run kills` tries as many as you like. */
const KILLS: Kill[] = [
    { command: "up", victim: "engine", delay: 50, next: "up" },
    { command: "destroy", victim: "the whole group", delay: 100, next: "up" },
    { command: "up", victim: "aws", delay: 0, next: "up" },
];

describe("a command of which a process is killed", () => {
    it.each(KILLS)("$command, $victim: state and account are in line after the next $next", async (kill) => {
        expect(await killed.run(kill)).toEqual({ kill, inTheMiddle: true, problems: [] });
    });
});
