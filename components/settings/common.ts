import { z } from "zod";
import { parseCidr } from "../network/cidr";
import { isDaily, isWeekly, windowMinutes } from "../windows";
import { byTier } from "./default";
import { accepted, matching, oneOf, whole } from "./field";

/* Settings that several components have, and kinds of value that stand in several settings. */

/**
 * Days between asking AWS to delete a key and its end. Until then it can be taken back.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html
 */
export const keyDeletionWindowDays = whole(7, 30).meta(byTier(7, 7, 30));

/**
 * Days in which a deleted secret can be taken back; 0 deletes it at once.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html
 */
export const secretRecoveryWindowDays = oneOf(
    [0, ...Array.from({ length: 24 }, (_, index) => index + 7)],
    "a recovery window that Secrets Manager has",
    "7 to 30, or 0 for none",
).meta(byTier(0, 7, 30));

/**
 * Days that CloudWatch keeps logs.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export function logRetentionDays() {
    return oneOf(
        [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
        "a retention that CloudWatch offers",
    );
}

/** A window of every day in UTC. */
export function dailyWindow(minimumMinutes: 30 | 60, example: string) {
    return accepted(
        (window) => isDaily(window) && (windowMinutes(window) ?? 0) >= minimumMinutes,
        `a daily window in UTC of ${minimumMinutes} minutes or more`,
        example,
    );
}

/** A window of every week in UTC. */
export function weeklyWindow(minimumMinutes: 30 | 60, example: string) {
    return accepted(
        (window) => isWeekly(window) && (windowMinutes(window) ?? 0) >= minimumMinutes,
        `a weekly window in UTC of ${minimumMinutes} minutes or more`,
        example,
    );
}

/** A block of IPv4 addresses. */
export function cidrBlock(example = "10.0.0.0/16") {
    return accepted((cidr) => parseCidr(cidr) !== undefined, "a block of IPv4 addresses", example);
}

/** What names of components are made of. */
export const namePattern = /^(?=.{1,50}$)(?!constructor$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** How to write a name of that pattern. */
export const nameForm = "up to 50 lower-case letters, digits and single hyphens, a letter first";

/** A name that AWS and Kubernetes accept for everything that is named after it. */
export function nameOf(what: string, example: string) {
    return matching(namePattern, `${what} (${nameForm})`, example);
}

/** Texts by a name that the stack chooses. */
export function texts() {
    return z.record(z.string(), z.string());
}

/** An address for e-mails. */
export function emailAddress() {
    return matching(/^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+$/, "an e-mail address", "on-call@example.com");
}
