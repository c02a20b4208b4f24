const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const minutesADay = 24 * 60;
const minutesAWeek = 7 * minutesADay;

/** A stretch of the week in minutes from Monday 00:00 UTC; it may run past the week's end. */
interface Stretch {
    start: number;
    length: number;
}

/** Minutes that a window lasts, or undefined where it is neither `HH:MM-HH:MM` nor `ddd:HH:MM-ddd:HH:MM` (UTC). */
export function windowMinutes(window: string): number | undefined {
    return stretches(window)?.[0]?.length;
}

/** Whether it is a window of the week: `sun:04:00-sun:05:00`. */
export function isWeekly(window: string): boolean {
    return windowMinutes(window) !== undefined && /^[a-z]/.test(window);
}

/** Whether it is a window of every day: `03:00-04:00`. */
export function isDaily(window: string): boolean {
    return windowMinutes(window) !== undefined && /^\d/.test(window);
}

/** Whether two windows, daily or weekly, ever run at the same time, or less than `apart` minutes from each other. */
export function windowsOverlap(one: string, other: string, apart = 0): boolean {
    const others = stretches(other) ?? [];
    return (stretches(one) ?? []).some((a) => others.some((b) => meet(a, b, apart)));
}

function meet(a: Stretch, b: Stretch, apart: number): boolean {
    if (a.length === 0 || b.length === 0) return false;
    const later = (b.start - a.start + minutesAWeek) % minutesAWeek;
    return later < a.length + apart || minutesAWeek - later < b.length + apart;
}

function stretches(window: string): Stretch[] | undefined {
    const match = /^(?:([a-z]{3}):)?([01]\d|2[0-3]):([0-5]\d)-(?:([a-z]{3}):)?([01]\d|2[0-3]):([0-5]\d)$/.exec(window);
    if (!match) return undefined;
    const [, startDay, startHour, startMinute, endDay, endHour, endMinute] = match;
    const start = Number(startHour) * 60 + Number(startMinute);
    const end = Number(endHour) * 60 + Number(endMinute);
    if (startDay === undefined && endDay === undefined) {
        const length = (end - start + minutesADay) % minutesADay;
        return days.map((_, day) => ({ start: day * minutesADay + start, length }));
    }
    const [from, to] = [days.indexOf(startDay ?? ""), days.indexOf(endDay ?? "")];
    if (from < 0 || to < 0) return undefined;
    const length = ((to - from) * minutesADay + end - start + minutesAWeek) % minutesAWeek;
    return [{ start: from * minutesADay + start, length }];
}
