import type { Inputs, Rejection } from "../../resource-type";

/** Identifiers of instances, clusters and snapshots: they begin with a letter, and hyphens are single and not at the end. */
export const IDENTIFIER = /^[A-Za-z](?!.*--)[A-Za-z0-9-]{0,62}(?<!-)$/;
export const WINDOW = /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/;
export const WEEKLY_WINDOW =
    /^(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d-(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d$/i;

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY = 24 * 60;
const WEEK = 7 * DAY;

/** RDS does not allow maintenance during a backup. https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html */
export function windowsMustNotOverlap(backup: string, maintenance: string): Rejection<Inputs> {
    return {
        code: "InvalidParameterValue",
        at: maintenance,
        when: (inputs) =>
            WINDOW.test(inputs.text(backup)) &&
            WEEKLY_WINDOW.test(inputs.text(maintenance)) &&
            overlap(inputs.text(backup), inputs.text(maintenance)),
        say: () => "The backup window and maintenance window must not overlap.",
    };
}

function overlap(daily: string, weekly: string): boolean {
    const [backup, maintenance] = [spanOf(daily, DAY), spanOf(weekly, WEEK)];
    // The backup of every day of this week, and of the last day of the previous week, which may end in this one.
    return Array.from({ length: 15 }, (_, index) => (index - 7) * DAY).some(
        (day) => backup.from + day < maintenance.to && maintenance.from < backup.to + day,
    );
}

/** Minutes since the beginning of the day or the week; a window whose end is before its start ends in the next one. */
function spanOf(window: string, period: number): { from: number; to: number } {
    const [from = 0, to = 0] = (window.toLowerCase().match(/(\w{3}:)?\d\d:\d\d/g) ?? []).map(minutesOf);
    return { from, to: to > from ? to : to + period };
}

function minutesOf(moment: string): number {
    const day = DAYS.indexOf(moment.slice(0, 3));
    const [hours = 0, minutes = 0] = moment
        .slice(day < 0 ? 0 : 4)
        .split(":")
        .map(Number);
    return Math.max(day, 0) * DAY + hours * 60 + minutes;
}
