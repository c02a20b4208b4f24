import { z } from "zod";
import { byDefault, byName, byTier, settings, text, whole } from "../../settings";
import { forClusters } from "../engines/default";

const acu = (minimum: number) => z.number().min(minimum).max(256).multipleOf(0.5);

/** How far the servers of a cluster grow and shrink by themselves, in Aurora capacity units of about 2 GiB of memory each. */
const serverlessCapacity = settings({
    /**
     * The least, in steps of 0.5. With 0, a server stops after five minutes without a connection, and takes about
     * fifteen seconds to start again. Performance Insights needs 2 or more.
     * @remarks Updated in place, without downtime.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html
     */
    minimumAcu: acu(0).meta(byDefault(0.5)),
    /**
     * The most, in steps of 0.5. How many connections a server carries follows from it.
     * @remarks Updated in place; the number of connections waits for the next restart.
     */
    maximumAcu: acu(1).meta(byDefault(8)),
});

/** How many readers a cluster may have when they are busy. */
const readerAutoscaling = settings({
    /**
     * The most readers, `readReplicas` or more; as many as `readReplicas` for no autoscaling.
     * @remarks Updated in place.
     */
    maximumReaders: whole(1, 15).meta(byDefault(5)),
    /**
     * Percentage of CPU, averaged over the readers, that is held by adding and taking away readers.
     * @remarks Updated in place.
     */
    targetCpuPercent: whole(1, 100).meta(byDefault(70)),
});

/** What only Aurora has. */
export const auroraFields = {
    /**
     * Makes the servers of an Aurora cluster serverless (v2), which grow and shrink within this range; their `instanceClass` is
     * db.serverless then.
     * @remarks Turning it on or off changes the class of each server in place.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
     */
    serverlessCapacity: serverlessCapacity.optional(),
    /**
     * Adds readers to an Aurora cluster while those that it has are busy, and takes them away again, never below
     * `readReplicas`, which has to be 1 or more. They are reached through the reader endpoint. There is none by default where
     * `readReplicas` leaves no room for it.
     * @remarks Updated in place. Readers that were added stay when this is turned off, and hold up the deletion of the cluster
     * until they are deleted by hand.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html
     */
    readerAutoscaling: readerAutoscaling.optional().meta(forClusters(byTier(undefined, undefined, {}))),
    /**
     * Parameters of an Aurora cluster as a whole, such as `rds.logical_replication` or `binlog_format`; those of its servers
     * are in `parameters`. AWS lists which is which.
     * @remarks They wait for the next restart.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Reference.ParameterGroups.html
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Reference.ParameterGroups.html
     */
    clusterParameters: byName(text("the value of a parameter")).optional(),
};

export type ServerlessCapacity = z.output<typeof serverlessCapacity>;
export type ReaderAutoscaling = z.output<typeof readerAutoscaling>;
