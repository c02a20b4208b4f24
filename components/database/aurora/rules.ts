import type { Rule } from "../../validation";
import { engines } from "../engines/engines";
import type { DatabaseSpec } from "../spec";

const maximumReaders = 15;

/** The rules on a cluster. */
export const auroraRules: Rule<DatabaseSpec>[] = [
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
            readerAutoscaling !== undefined && readerAutoscaling.maximumReaders < readReplicas,
        say: ({ readerAutoscaling, readReplicas }) =>
            `${readerAutoscaling?.maximumReaders} is out of range; it must be between ${readReplicas} (readReplicas) and ${maximumReaders}`,
    },
    {
        at: "backupRetentionDays",
        when: ({ backupRetentionDays }) => backupRetentionDays === 0,
        say: ({ engine }) => `0 turns backups off, which ${engines[engine].label} does not allow; give 1 to 35`,
    },
];
