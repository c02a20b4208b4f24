import { createHash } from "node:crypto";
import { revealDeep } from "../../../rpc/values";
import type { Properties } from "../../provider";
import { madeUp } from "./made-up";
import { resultInSdk } from "./sdk";

/** Tells calls of a function apart. */
export const digestOf = (args: Properties) =>
    createHash("sha256")
        .update(JSON.stringify(revealDeep(args)))
        .digest("hex")
        .slice(0, 8);

/** An answer in the form that the SDK declares for the function, the same for the same arguments; undefined where it has no such function. */
export function genericResult(
    token: string,
    args: Properties,
    place: { region: string; accountId: string },
): Properties | undefined {
    const members = resultInSdk(token);
    if (!members) return undefined;
    const [, module = "", name = ""] = /^aws:([^/:]+).*:(\w+)$/.exec(token) ?? [];
    const subject = { ...place, service: module, identity: `${name}-${digestOf(args)}` };
    const made = members.filter(({ optional }) => !optional).map((member) => [member.name, madeUp(member, subject)]);
    return { ...Object.fromEntries(made), ...args };
}
