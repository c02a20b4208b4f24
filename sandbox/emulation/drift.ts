import type { Account, Entity } from "../account/account";
import { SandboxError } from "../account/sandbox-error";
import { isObject, type Properties, type Value } from "../rpc/values";
import { shuffled } from "./random";

/** A change that somebody made, or AWS by itself, without the program. */
export interface Drift {
    readonly type: string;
    readonly id: string;
    /** The Pulumi name, and its URN where a program made the resource. */
    readonly name: string;
    readonly urn?: string;
    /** What happened, for people. */
    readonly what: string;
}

/** A kind of change to resources of some types. `apply` returns the properties that change, or undefined where it can't happen to this one. */
interface Kind {
    readonly types: RegExp;
    readonly what: string;
    readonly apply: (properties: Properties) => Properties | undefined;
}

const changed = (key: string, change: (value: Value) => Value | undefined) => (properties: Properties) => {
    const value = properties[key];
    const next = value === undefined || value === null ? undefined : change(value);
    return next === undefined ? undefined : { [key]: next };
};
const toggled = (key: string, from: boolean) => changed(key, (value) => (value === from ? !from : undefined));
const raised = (key: string, by = 1) => changed(key, (value) => (typeof value === "number" ? value + by : undefined));
const replaced = (key: string, next: string) => changed(key, (value) => (value === next ? undefined : next));

/** What people do in the console, and what AWS does by itself. */
const kinds: readonly Kind[] = [
    {
        types: /^aws:vpc\/securityGroupIngressRule:/,
        what: "a rule was opened to the internet",
        apply: replaced("cidrIpv4", "0.0.0.0/0"),
    },
    {
        types: /^aws:ec2\/(securityGroup|vpc|subnet|routeTable|eip|natGateway|vpcEndpoint):/,
        what: "a tag was added",
        apply: tagged,
    },
    {
        types: /^aws:(kms\/key|iam\/role|sns\/topic|sqs\/queue|ecr\/repository|secretsmanager\/secret):/,
        what: "a tag was added",
        apply: tagged,
    },
    { types: /^aws:eks\/nodeGroup:/, what: "the node group was scaled", apply: scaled },
    {
        types: /^aws:rds\/(instance|cluster):/,
        what: "the deletion protection was turned off",
        apply: toggled("deletionProtection", true),
    },
    {
        types: /^aws:rds\/(instance|cluster):/,
        what: "the backups are kept for longer",
        apply: raised("backupRetentionPeriod"),
    },
    { types: /^aws:rds\/instance:/, what: "RDS installed a minor version", apply: changed("engineVersion", nextMinor) },
    {
        types: /^aws:rds\/parameterGroup:|^aws:elasticache\/parameterGroup:/,
        what: "a parameter was changed",
        apply: parameterChanged,
    },
    {
        types: /^aws:elasticache\/replicationGroup:/,
        what: "the snapshots are kept for longer",
        apply: raised("snapshotRetentionLimit"),
    },
    {
        types: /^aws:sqs\/queue:/,
        what: "the visibility timeout was changed",
        apply: raised("visibilityTimeoutSeconds", 30),
    },
    { types: /^aws:kms\/key:/, what: "the rotation was turned off", apply: toggled("enableKeyRotation", true) },
    {
        types: /^aws:cloudwatch\/logGroup:/,
        what: "the retention was changed",
        apply: changed("retentionInDays", (days) => (days === 3653 ? undefined : 3653)),
    },
    {
        types: /^aws:cloudwatch\/metricAlarm:/,
        what: "the actions of the alarm were turned off",
        apply: () => ({ actionsEnabled: false }),
    },
    { types: /^aws:cloudwatch\/metricAlarm:/, what: "the threshold was changed", apply: raised("threshold") },
    {
        types: /^aws:ecr\/repository:/,
        what: "tags of images can be moved",
        apply: replaced("imageTagMutability", "MUTABLE"),
    },
    {
        types: /^aws:ec2\/subnet:/,
        what: "instances get a public address",
        apply: toggled("mapPublicIpOnLaunch", false),
    },
    { types: /^aws:iam\/role:/, what: "sessions may be longer", apply: raised("maxSessionDuration", 3600) },
    {
        types: /^aws:lb\/loadBalancer:/,
        what: "the deletion protection was turned off",
        apply: toggled("enableDeletionProtection", true),
    },
];

/** Types that somebody may delete, and whose absence breaks no other resource. */
const deletable =
    /^aws:(cloudwatch\/(metricAlarm|dashboard)|iam\/rolePolicyAttachment|vpc\/securityGroup(In|E)gressRule|backup\/selection|budgets\/budget):/;

/**
 * Changes up to `count` resources of the account, each in one way. The same seed makes the same changes to the same account.
 * @throws SandboxError where the account has nothing to change
 */
export function drift(account: Account, seed: number, count: number): Drift[] {
    const entities = account
        .records()
        .filter(({ retained, urn }) => retained === undefined && urn !== undefined)
        .sort((one, other) => `${one.type} ${one.urn}`.localeCompare(`${other.type} ${other.urn}`));
    const random = shuffled(entities, seed);
    const changes: Drift[] = [];
    for (const [index, entity] of random.entries()) {
        if (changes.length === count) break;
        const change = changeOf(account, entity, seed + index);
        if (change) changes.push(change);
    }
    if (changes.length === 0)
        throw new SandboxError(`${account.stack} has nothing that could drift: bring the stack up first`);
    return changes;
}

function changeOf(account: Account, entity: Entity, seed: number): Drift | undefined {
    const { type, id, name, urn } = entity;
    const drifted = { type, id, name, ...(urn !== undefined && { urn }) };
    if (deletable.test(type) && seed % 3 === 0) {
        account.remove(type, id);
        return { ...drifted, what: "it was deleted" };
    }
    for (const kind of shuffled(
        kinds.filter(({ types }) => types.test(type)),
        seed,
    )) {
        const change = kind.apply(entity.outputs);
        if (!change) continue;
        account.put({ ...entity, inputs: { ...entity.inputs, ...change }, outputs: { ...entity.outputs, ...change } });
        return { ...drifted, what: kind.what };
    }
    return undefined;
}

function tagged({ tags, tagsAll }: Properties): Properties | undefined {
    const added = { "changed-by": "hand" };
    if (isObject(tags) && "changed-by" in tags) return undefined;
    return {
        tags: { ...(isObject(tags) ? tags : {}), ...added },
        tagsAll: { ...(isObject(tagsAll) ? tagsAll : {}), ...added },
    };
}

function scaled({ scalingConfig }: Properties): Properties | undefined {
    if (!isObject(scalingConfig) || typeof scalingConfig.desiredSize !== "number") return undefined;
    return { scalingConfig: { ...scalingConfig, desiredSize: scalingConfig.desiredSize + 1 } };
}

function nextMinor(version: Value): Value | undefined {
    const [, major, minor] = /^(\d+(?:\.\d+)?)\.(\d+)$/.exec(String(version)) ?? [];
    return minor === undefined ? undefined : `${major}.${Number(minor) + 1}`;
}

/** The last parameter of a group gets another value. */
function parameterChanged({ parameters }: Properties): Properties | undefined {
    if (!Array.isArray(parameters)) return undefined;
    const last = parameters.at(-1);
    if (!isObject(last)) return undefined;
    return { parameters: [...parameters.slice(0, -1), { ...last, value: `${last.value === "1" ? "0" : "1"}` }] };
}
