import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isDaily, isWeekly, windowMinutes, windowsOverlap } from "./windows";

const week = 7 * 24 * 60;

describe("windowMinutes", () => {
    it.each([
        ["03:00-04:00", 60],
        ["23:30-00:15", 45],
        ["sun:04:00-sun:05:00", 60],
        ["sun:23:30-mon:00:30", 60],
        ["sat:00:00-mon:00:00", 2 * 24 * 60],
    ])("of %s is %i", (window, minutes) => {
        expect(windowMinutes(window)).toBe(minutes);
    });

    it.each([
        "3:00-4:00",
        "24:00-25:00",
        "sun:04:00-05:00",
        "04:00-sun:05:00",
        "som:04:00-som:05:00",
        "Sun:04:00-Sun:05:00",
        "",
    ])("does not know %j", (window) => {
        expect(windowMinutes(window)).toBeUndefined();
        expect(isDaily(window) || isWeekly(window)).toBe(false);
    });

    it("tells daily from weekly windows", () => {
        expect([isDaily("03:00-04:00"), isWeekly("03:00-04:00")]).toEqual([true, false]);
        expect([isDaily("sun:03:00-sun:04:00"), isWeekly("sun:03:00-sun:04:00")]).toEqual([false, true]);
    });
});

describe("windowsOverlap", () => {
    it.each([
        ["03:00-04:00", "sun:04:00-sun:05:00", false],
        ["03:00-04:01", "sun:04:00-sun:05:00", true],
        ["23:30-00:30", "mon:00:00-mon:01:00", true],
        ["23:00-00:00", "mon:00:00-mon:01:00", false],
        ["00:00-01:00", "sun:23:30-mon:00:30", true],
        ["sun:23:30-mon:00:30", "mon:00:00-mon:01:00", true],
        ["02:00-03:00", "sat:00:00-mon:00:00", true],
        ["03:30-03:30", "03:00-04:00", false],
    ])("%s and %s: %s", (one, other, overlap) => {
        expect(windowsOverlap(one, other)).toBe(overlap);
    });

    it.each([
        ["06:00-07:00", "03:00-04:00", false],
        ["05:00-06:00", "03:00-04:00", false],
        ["04:30-05:30", "03:00-04:00", true],
        ["01:30-02:30", "03:00-04:00", true],
        ["05:30-06:30", "sun:04:00-sun:05:00", true],
        ["23:00-00:00", "mon:00:30-mon:01:00", true],
    ])("%s and %s, with an hour between them: %s", (one, other, overlap) => {
        expect(windowsOverlap(one, other, 60)).toBe(overlap);
        expect(windowsOverlap(other, one, 60)).toBe(overlap);
    });

    it("agrees with looking at every minute of the week", () => {
        const day = fc.constantFrom("mon", "wed", "sun");
        const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map(pad);
        const daily = fc.tuple(time, time).map(([from, to]) => `${from}-${to}`);
        const weekly = fc.tuple(day, time, day, time).map(([a, from, b, to]) => `${a}:${from}-${b}:${to}`);
        const window = fc.oneof(daily, weekly);
        fc.assert(
            fc.property(window, window, fc.integer({ min: 0, max: 90 }), (one, other, apart) => {
                const taken = new Set(minutesOf(other));
                const near = (minute: number) =>
                    Array.from({ length: 2 * apart + 1 }, (_, index) => (minute + index - apart + week) % week);
                const expected = minutesOf(one).some((minute) => near(minute).some((moment) => taken.has(moment)));
                expect(windowsOverlap(one, other, apart)).toBe(expected);
            }),
            { numRuns: 200 },
        );
    });
});

function pad([hour, minute]: [number, number]): string {
    return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** The minutes of the week in which a window runs, counted one by one. */
function minutesOf(window: string): number[] {
    const times = window.match(/\d\d:\d\d/g) ?? [];
    const [from = 0, to = 0] = times.map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
    const [startDay, endDay] = (window.match(/[a-z]{3}/g) ?? []).map((name) =>
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].indexOf(name),
    );
    const starts = startDay === undefined ? [0, 1, 2, 3, 4, 5, 6] : [startDay];
    return starts.flatMap((start) => {
        const first = start * 24 * 60 + from;
        const end = endDay === undefined ? start * 24 * 60 + to + (to < from ? 24 * 60 : 0) : endDay * 24 * 60 + to;
        const last = end < first ? end + week : end;
        return Array.from({ length: last - first }, (_, minute) => (first + minute) % week);
    });
}
