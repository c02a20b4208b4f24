import { type Problem, problemAt } from "@plinth/components";

const where = "plinth:tags";

/** Tags that Plinth sets by itself, by the name of the setting that changes them, if any does. */
const own = ["Project", "Stack", "Tier", "Component", "Name"];
const settable: Record<string, string> = { owner: "Owner", costCentre: "CostCentre" };

/** Tags that a subnet has besides, for Kubernetes. */
const subnetTags = 1;

/**
 * What AWS takes as a tag.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
const mostTags = 50;
const longestKey = 128;
const longestValue = 256;
const characters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** The tags of everything in a stack, but for those that a component adds. */
export function tagsOf(
    settings: Record<string, string>,
    stack: { project: string; stack: string; tier: string },
): Record<string, string> {
    const { owner = stack.project, costCentre = stack.project, ...others } = settings;
    return {
        Project: stack.project,
        Stack: stack.stack,
        Tier: stack.tier,
        Owner: owner,
        CostCentre: costCentre,
        ...others,
    };
}

/** All that AWS would refuse in the tags of a stack, and names that would hide Plinth's own. */
export function tagProblems(settings: Record<string, string>): Problem[] {
    const problems = Object.entries(settings).flatMap(([key, value]) => {
        const fault = keyFault(key) ?? valueFault(value);
        return fault ? [problemAt(`${where}.${key}`, fault)] : [];
    });
    for (const [key, other] of sameButForCase(Object.keys(settings)))
        problems.push(
            problemAt(`${where}.${key}`, `differs from ${other} only in capitals, which IAM refuses; leave one out`),
        );
    const others = Object.keys(settings).filter((key) => !Object.hasOwn(settable, key)).length;
    const room = mostTags - own.length - Object.keys(settable).length - subnetTags;
    if (others > room) {
        problems.push(
            problemAt(where, `${others} tags besides Plinth's own are over AWS's ${mostTags}; give ${room} or fewer`),
        );
    }
    return problems;
}

/** Keys that IAM takes for one, each with the first of its kind. */
function sameButForCase(keys: readonly string[]): [string, string][] {
    return keys.flatMap((key, index): [string, string][] => {
        const first = keys.findIndex((other) => other.toLowerCase() === key.toLowerCase());
        return first < index ? [[key, keys[first] ?? ""]] : [];
    });
}

function keyFault(key: string): string | undefined {
    const setting = Object.entries(settable).find(
        ([name, tag]) => key !== name && key.toLowerCase() === tag.toLowerCase(),
    );
    if (setting) return `the tag ${setting[1]} is set by ${setting[0]}; write it so`;
    if (own.some((name) => name.toLowerCase() === key.toLowerCase()))
        return "is a tag that Plinth sets; give another key";
    if (/^aws:/i.test(key)) return "begins with aws:, which AWS keeps for itself; give another key";
    if (key.length === 0 || key.length > longestKey || !characters.test(key)) {
        return `is not a tag's key; give up to ${longestKey} letters, digits, spaces and _.:/=+-@`;
    }
    return undefined;
}

function valueFault(value: string): string | undefined {
    if (value.length <= longestValue && characters.test(value)) return undefined;
    return `"${value}" is not a tag's value; give up to ${longestValue} letters, digits, spaces and _.:/=+-@`;
}
