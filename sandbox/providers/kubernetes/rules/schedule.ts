import type { Field, Problem } from "../field";

/** The fields of a schedule, with their bounds and the names that stand for numbers. */
const FIELDS: { name: string; least: number; most: number; words: string[] }[] = [
    { name: "minute", least: 0, most: 59, words: [] },
    { name: "hour", least: 0, most: 23, words: [] },
    { name: "day of month", least: 1, most: 31, words: [] },
    { name: "month", least: 1, most: 12, words: "jan feb mar apr may jun jul aug sep oct nov dec".split(" ") },
    { name: "day of week", least: 0, most: 6, words: "sun mon tue wed thu fri sat".split(" ") },
];

const MACRO = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every (\d+(\.\d*)?(h|m|s|ms|us|ns))+)$/;

/** A schedule of a CronJob. @see https://pkg.go.dev/github.com/robfig/cron/v3, which the API server parses it with */
export function* scheduleProblems(schedule: Field): Generator<Problem> {
    const text = schedule.text();
    if (text === undefined) return;
    if (/TZ=/.test(text))
        return yield schedule.invalid("cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
    if (MACRO.test(text)) return;
    if (text.startsWith("@")) return yield schedule.invalid(`unrecognized descriptor: ${text}`);
    const parts = text.trim().split(/\s+/);
    if (parts.length !== FIELDS.length)
        return yield schedule.invalid(`expected exactly 5 fields, found ${parts.length}: ${text}`);
    for (const [index, part] of parts.entries()) {
        const problem = part
            .split(",")
            .map((range) => rangeProblem(range, index))
            .find((found) => found !== undefined);
        if (problem !== undefined) yield schedule.invalid(problem);
    }
}

function rangeProblem(text: string, index: number): string | undefined {
    const { name, least, most, words } = FIELDS[index] as (typeof FIELDS)[number];
    const [, range = "", step] = /^([^/]*)(?:\/(.*))?$/.exec(text) ?? [];
    if (step !== undefined && !/^\d+$/.test(step)) return `failed to parse int from ${step} in the ${name}`;
    if (step !== undefined && Number(step) === 0) return `step of range should be a positive number: ${text}`;
    if (range === "*" || range === "?") return undefined;
    const ends = range.split("-");
    if (ends.length > 2) return `too many hyphens: ${text}`;
    const [first = Number.NaN, last = first] = ends.map((end) => {
        const word = words.indexOf(end.toLowerCase());
        return word >= 0 ? word + least : /^\d+$/.test(end) ? Number(end) : Number.NaN;
    });
    if (Number.isNaN(first) || Number.isNaN(last)) return `failed to parse int from ${text} in the ${name}`;
    if (first < least) return `beginning of range (${first}) below minimum (${least}): ${text}`;
    if (last > most) return `end of range (${last}) above maximum (${most}): ${text}`;
    if (first > last) return `beginning of range (${first}) beyond end of range (${last}): ${text}`;
    return undefined;
}
