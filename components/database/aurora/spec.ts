/** How far the servers of a cluster grow and shrink by themselves, in Aurora capacity units of about 2 GiB of memory each. */
export interface ServerlessCapacity {
    /**
     * The least, 0 to 256 in steps of 0.5. With 0, a server stops after five minutes without a connection, and takes about
     * fifteen seconds to start again. Performance Insights wants 2 or more.
     * @default 0.5
     * @remarks Updated in place, without downtime.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html
     */
    minimumAcu: number;
    /**
     * The most, 1 to 256 in steps of 0.5. How many connections a server carries follows from it.
     * @default 8
     * @remarks Updated in place; the number of connections waits for the next restart.
     */
    maximumAcu: number;
}

/** How many readers a cluster may have when they are busy. */
export interface ReaderAutoscaling {
    /**
     * The most readers, `readReplicas` to 15; as many as `readReplicas` for no autoscaling.
     * @default 5
     */
    maximumReaders: number;
    /**
     * Percentage of CPU, averaged over the readers, that is held by adding and taking away readers.
     * @default 70
     */
    targetCpuPercent: number;
}

/** What only Aurora has. */
export interface AuroraOptions {
    /**
     * Makes the servers of an Aurora cluster serverless (v2), which grow and shrink within this range; their `instanceClass` is
     * db.serverless then.
     * @default none: servers of one size
     * @remarks Turning it on or off changes the class of each server in place.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
     */
    serverlessCapacity?: ServerlessCapacity;
    /**
     * Adds readers to an Aurora cluster while those that it has are busy, and takes them away again, never below
     * `readReplicas`, which has to be 1 or more. They are reached through the reader endpoint.
     * @default by tier: none / none / up to 5 readers at 70 % of the CPU; none where `readReplicas` leaves no room for it
     * @remarks Updated in place. Readers that were added stay when this is turned off, and hold up the deletion of the cluster
     * until they are deleted by hand.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html
     */
    readerAutoscaling?: ReaderAutoscaling;
    /**
     * Parameters of an Aurora cluster as a whole, such as `rds.logical_replication` or `binlog_format`; those of its servers
     * are in `parameters`. Which is which, AWS lists.
     * @default none
     * @remarks They wait for the next restart.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Reference.ParameterGroups.html
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Reference.ParameterGroups.html
     */
    clusterParameters?: Record<string, string>;
}
