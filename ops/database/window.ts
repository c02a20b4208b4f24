import { OpsError, Refusal } from "../ops-error";

const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const minutesOfWeek = 7 * 24 * 60;

/** A time of the week, in UTC, as RDS writes its windows: `sun:03:00-sun:05:00`. It may go over the end of the week. */
export class MaintenanceWindow {
    private readonly start: number;
    private readonly end: number;

    constructor(readonly text: string) {
        const moment = `(${days.join("|")}):([01]\\d|2[0-3]):([0-5]\\d)`;
        const parts = new RegExp(`^${moment}-${moment}$`).exec(text.toLowerCase());
        if (!parts) throw new OpsError(`--window: ${text} is no window; give one such as sun:03:00-sun:05:00, in UTC`);
        const [, day = "", hour, minute, endDay = "", endHour, endMinute] = parts;
        this.start = minuteOfWeek(days.indexOf(day), Number(hour), Number(minute));
        this.end = minuteOfWeek(days.indexOf(endDay), Number(endHour), Number(endMinute));
    }

    has(now: Date): boolean {
        const minute = minuteOfWeek(now.getUTCDay(), now.getUTCHours(), now.getUTCMinutes());
        const since = (minute - this.start + minutesOfWeek) % minutesOfWeek;
        return since < (this.end - this.start + minutesOfWeek) % minutesOfWeek;
    }
}

/**
 * Refuses outside a window.
 * @param otherwise what to give on the command line instead of waiting
 */
export function refuseOutside(window: MaintenanceWindow, now: Date, otherwise: string): void {
    if (window.has(now)) return;
    const clock = `${days[now.getUTCDay()]}:${now.toISOString().slice(11, 16)}`;
    throw new Refusal(`it is ${clock} UTC, and the maintenance window is ${window.text}; wait for it, or ${otherwise}`);
}

function minuteOfWeek(day: number, hour: number, minute: number): number {
    return (day * 24 + hour) * 60 + minute;
}
