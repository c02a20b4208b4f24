import { expect, it } from "vitest";
import type { Created } from "../components/testing/mocks";
import inventory from "../sandbox/providers/aws/data/inventory.json";
import measured from "../sandbox/providers/aws/data/measured.json";
import { fullStacks } from "../stacks/testing/full-stacks";
import { plannedInputs } from "../stacks/testing/planned";
import { type Choice, choicesOf, isGroup, withChoice } from "../stacks/testing/variants";

/*
 * What AWS fills in stays as it was where a component stops giving it: a person keeps groups, a queue keeps its limit. So a setting that is taken back
 * has to give AWS the value from before. Each choice that the schema leaves to a few full stacks is made, and no such input may come and go with it.
 */

/** The inputs that AWS fills in and that may come and go all the same, and why. */
const reasons: Record<string, string> = {
    "aws:sqs/queue:Queue sqsManagedSseEnabled":
        "the provider takes it or a key, and SQS turns it off with the first key that it gets",
    "aws:sqs/queue:Queue kmsDataKeyReusePeriodSeconds": "it says nothing without a key; with one it is always given",
    "aws:elasticache/replicationGroup:ReplicationGroup clusterMode":
        "a step of a migration: the last one is the mode that a cache of several shards has by itself",
    "aws:rds/instance:Instance iops":
        "gp2 and gp3 below 400 GiB have none to choose, and the provider sends none with gp2",
    "aws:rds/instance:Instance monitoringRoleArn": "RDS does not use the role where the interval, always given, is 0",
    "aws:rds/clusterInstance:ClusterInstance monitoringRoleArn":
        "RDS does not use the role where the interval, always given, is 0",
    "aws:rds/instance:Instance performanceInsightsKmsKeyId": "it says nothing where Performance Insights is off",
    "aws:rds/instance:Instance performanceInsightsRetentionPeriod": "it says nothing where Performance Insights is off",
    "aws:rds/cluster:Cluster performanceInsightsKmsKeyId": "it says nothing where Performance Insights is off",
    "aws:rds/cluster:Cluster performanceInsightsRetentionPeriod": "it says nothing where Performance Insights is off",
    "aws:rds/instance:Instance masterUserSecretKmsKeyId":
        "it is the key of a password that RDS manages, and of no other",
    "aws:rds/cluster:Cluster masterUserSecretKmsKeyId": "it is the key of a password that RDS manages, and of no other",
};

type Settings = Readonly<Record<string, unknown>>;

/** A choice that is made. */
interface Made {
    at: readonly string[];
    value: unknown;
}

/** Choices that the configuration takes only together, and a word of a long list that matters here. */
const together: Record<string, Made[][]> = {
    "data stores": [
        [{ at: ["database", "monitoringIntervalSeconds"], value: 0 }],
        [
            { at: ["database", "storageType"], value: "gp2" },
            { at: ["database", "iops"], value: undefined },
        ],
        [
            { at: ["database", "masterPassword"], value: "managed" },
            { at: ["database", "readReplicas"], value: 0 },
        ],
    ],
};

const types = inventory.types as unknown as Record<string, { filled?: string[] }>;
const effects = measured as unknown as Record<string, Record<string, { replacesOn?: string[] }>>;

/** Sets of choices, by the digits of their numbers: of any two choices there is a set with the one and without the other. */
function sets(choices: readonly Choice[]): Made[][] {
    const digits = Math.ceil(Math.log2(choices.length));
    return Array.from({ length: digits * 2 }, (_, set) => {
        const [digit, side] = [set >> 1, set & 1];
        const chosen = choices.filter((_, index) => ((index >> digit) & 1) === side);
        return chosen.map(({ at, values }, index) => {
            const others = values.slice(1);
            return { at, value: others[(index + set) % others.length] };
        });
    });
}

/** What a stack with these choices creates, but for those that the configuration refuses together. */
async function planned(settings: Settings, made: readonly Made[], freed = false): Promise<Created[]> {
    const plan = await plannedInputs(made.reduce((all, { at, value }) => withChoice(all, at, value), settings));
    if ("created" in plan) return plan.created;
    // What goes only with a choice that is taken back goes too, once.
    const more = plan.problems.map(({ at }) => ({ at: at.replace("plinth:", "").split("."), value: undefined }));
    const further = more.filter(({ at }) => at.length > 1 && !made.some((one) => one.at.join() === at.join()));
    if (!freed && further.length > 0) return planned(settings, [...made, ...further], true);
    const named = plan.problems.map(({ at }) => at.replace(/^plinth:|\[.*/g, ""));
    const concerns = ({ at }: Made) => named.some((name) => within(name, at.join(".")) || within(at.join("."), name));
    const concerned = made.filter(concerns);
    const ofPart = made.filter(({ at }) => named.some((name) => within(name, String(at[0]))));
    const dropped = concerned.length > 0 ? concerned : ofPart;
    if (dropped.length === 0) throw new Error(plan.problems.map(({ text }) => text).join("\n"));
    return planned(
        settings,
        made.filter((one) => !dropped.includes(one)),
        freed,
    );
}

const within = (name: string, outer: string) => name === outer || name.startsWith(`${outer}.`);

/** A resource, with what would replace it: with another value there it is another resource. */
function identity({ type, name, inputs }: Created): string {
    const replacing = Object.keys(effects[type] ?? {}).filter((input) => effects[type]?.[input]?.replacesOn);
    return JSON.stringify([type, name, replacing.map((input) => inputs[input])]);
}

/** The inputs that AWS fills in, by type, that a resource has in some of the plans and in others not. */
function comingAndGoing(plans: readonly Created[][]): Set<string> {
    const found = new Set<string>();
    const alike = new Map<string, Created[]>();
    for (const one of plans.flat()) alike.set(identity(one), [...(alike.get(identity(one)) ?? []), one]);
    for (const same of alike.values()) {
        const [{ type = "" } = {}] = same;
        for (const input of types[type]?.filled ?? []) {
            const given = same.filter(({ inputs }) => inputs[input] !== undefined).length;
            if (given > 0 && given < same.length) found.add(`${type} ${input}`);
        }
    }
    return found;
}

it("gives what AWS fills in always or never, whatever is chosen", async () => {
    const found = new Set<string>();
    for (const [name, settings] of Object.entries<Settings>(fullStacks)) {
        const choices = choicesOf(settings).filter(({ at }) => at.length > 1);
        // A group that is left out takes its settings with it, which therefore have sets without it.
        const groups = choices.filter(({ values: [value] }) => isGroup(value));
        const single = choices.filter((choice) => !groups.includes(choice));
        const plans: Created[][] = [];
        for (const made of [[], ...sets(single), ...sets(groups), ...(together[name] ?? [])])
            plans.push(await planned(settings, made));
        for (const one of comingAndGoing(plans)) found.add(one);
    }
    expect([...found].sort()).toEqual(Object.keys(reasons).sort());
}, 300_000);
