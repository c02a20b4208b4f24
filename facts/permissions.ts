import { facts, type ServicePermissions } from "./data";
import { overlap } from "./glob";

/** An action of IAM's, in the spelling that IAM has, with the ARNs that it takes: none where it takes no resource. */
export interface Permission {
    /** Such as `sqs:SendMessage`. */
    action: string;
    /** ARNs with `*` for what differs. */
    resources: string[];
    /** The condition keys that a request for it may have, besides those of every request; `*` stands for what differs. */
    keys: string[];
}

/** What an action in a policy stands for, which may have `*` and `?`; undefined for a service of which nothing is known. */
export function permissionsOf(action: string): Permission[] | undefined {
    const [service = "", name = ""] = action.toLowerCase().split(":");
    if (service === "*" || service.includes("*") || service.includes("?")) return undefined;
    const known = facts("permissions").services[service];
    return known && matching(service, known, name);
}

function matching(service: string, known: ServicePermissions, name: string): Permission[] {
    return Object.entries(known.actions).flatMap(([listed, names]) => {
        const types = listed === "" ? [] : listed.split(",");
        const arns = types.map((type) => (known.resources[type] ?? "*").replaceAll(/\$\{[^}]+\}/g, "*"));
        const found = names.split(" ").filter((one) => overlap(name, one.toLowerCase()));
        return found.map((one) => ({ action: `${service}:${one}`, resources: arns, keys: keysOf(known, types, one) }));
    });
}

function keysOf({ resourceKeys, keys }: ServicePermissions, types: string[], action: string): string[] {
    const own = Object.entries(keys).filter(([, actions]) => actions.split(" ").includes(action));
    return [...types.map((type) => resourceKeys[type] ?? ""), ...own.map(([listed]) => listed)]
        .flatMap((listed) => listed.split(","))
        .filter(Boolean);
}

/** Whether a request for the permission may have the condition key. IAM does not tell capitals from small letters in keys. */
export function hasKey({ keys }: Permission, key: string): boolean {
    return isAmong(key, keys) || isAmong(key, facts("permissions").globalKeys);
}

/** Whether any request of the service may have the condition key, or one of every service. */
export function isConditionKey(key: string, service: string): boolean {
    const { services, globalKeys } = facts("permissions");
    const { resourceKeys = {}, keys = {} } = services[service.toLowerCase()] ?? {};
    const listed = [...Object.values(resourceKeys), ...Object.keys(keys)].flatMap((one) => one.split(","));
    return isAmong(key, listed) || isAmong(key, globalKeys);
}

function isAmong(key: string, known: readonly string[]): boolean {
    return known.some((one) => overlap(one.toLowerCase(), key.toLowerCase()));
}

/** The document of one of AWS's managed policies, by its ARN; undefined for one that is not known. */
export function managedPolicy(arn: string): unknown {
    return facts("managedPolicies").policies[arn.split(":policy/")[1] ?? ""];
}

/** The names of a service's actions that are most like one that it does not have are looked for among these. */
export function actionsOf(service: string): string[] {
    const known = facts("permissions").services[service.toLowerCase()];
    return Object.values(known?.actions ?? {}).flatMap((names) => names.split(" "));
}

/** Whether what a policy gives as a resource may be one that the permission takes; policy variables stand for anything. */
export function takes({ resources }: Permission, resource: string): boolean {
    if (resource === "*") return true;
    const pattern = resource.replaceAll(/\$\{[^}]+\}/g, "*");
    return resources.some((arn) => overlapByPart(partsOf(pattern), partsOf(arn)));
}

/** The parts of an ARN, of which the sixth is the rest; one pattern alone where it has fewer. */
function partsOf(arn: string): string[] {
    const parts = arn.split(":");
    return parts.length < 6 ? [arn] : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** A `*` in the account's part is not to stand for a service: `arn:aws:sns:*:*:a` takes no queue. */
function overlapByPart(one: string[], other: string[]): boolean {
    if (one.length !== other.length) return overlap(one.join(":"), other.join(":"));
    return one.every((part, index) => overlap(part, other[index] ?? ""));
}
