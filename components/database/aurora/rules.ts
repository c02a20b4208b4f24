import { type Rule, range } from "../../validation";
import { engines } from "../engines/engines";
import type { DatabaseSpec } from "../spec";

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ServerlessV2ScalingConfiguration.html */
const capacities = { minimumAcu: 0, maximumAcu: 1 } as const;
const mostCapacity = 256;
const mostReaders = 15;

/** The rules on a cluster. */
export const auroraRules: Rule<DatabaseSpec>[] = [
    capacityRule("minimumAcu"),
    capacityRule("maximumAcu"),
    {
        at: "serverlessCapacity.maximumAcu",
        when: ({ serverlessCapacity }) =>
            serverlessCapacity !== undefined && serverlessCapacity.maximumAcu < serverlessCapacity.minimumAcu,
        say: ({ serverlessCapacity }) =>
            `${serverlessCapacity?.maximumAcu} is under the least, ${serverlessCapacity?.minimumAcu}; give that or more`,
    },
    {
        at: "readerAutoscaling",
        when: ({ readerAutoscaling, readReplicas }) => readerAutoscaling !== undefined && readReplicas === 0,
        say: () => "needs a reader to begin with; give readReplicas of 1 or more, or leave it out",
    },
    {
        at: "readerAutoscaling.maximumReaders",
        when: ({ readerAutoscaling, readReplicas }) =>
            readerAutoscaling !== undefined &&
            (!Number.isInteger(readerAutoscaling.maximumReaders) ||
                readerAutoscaling.maximumReaders < readReplicas ||
                readerAutoscaling.maximumReaders > mostReaders),
        say: ({ readerAutoscaling, readReplicas }) =>
            `${readerAutoscaling?.maximumReaders} is out of range; it must be between ${readReplicas} (readReplicas) and ${mostReaders}`,
    },
    {
        at: "readerAutoscaling.targetCpuPercent",
        when: ({ readerAutoscaling }) => readerAutoscaling !== undefined && percentage.when(readerAutoscaling),
        say: ({ readerAutoscaling }) => (readerAutoscaling ? percentage.say(readerAutoscaling) : ""),
    },
    {
        at: "backupRetentionDays",
        when: ({ backupRetentionDays }) => backupRetentionDays === 0,
        say: ({ engine }) => `0 turns backups off, which ${engines[engine].label} does not allow; give 1 to 35`,
    },
];

const percentage = range("targetCpuPercent", { from: 1, to: 100, of: "CPU" });

function capacityRule(at: keyof typeof capacities): Rule<DatabaseSpec> {
    const least = capacities[at];
    return {
        at: `serverlessCapacity.${at}`,
        when: ({ serverlessCapacity }) => {
            if (!serverlessCapacity) return false;
            const acu = serverlessCapacity[at];
            return !Number.isInteger(acu * 2) || acu < least || acu > mostCapacity;
        },
        say: ({ serverlessCapacity }) =>
            `${serverlessCapacity?.[at]} is not a capacity that Aurora has; give ${least} to ${mostCapacity} in steps of 0.5`,
    };
}
