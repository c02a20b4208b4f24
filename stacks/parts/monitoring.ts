import { ClusterMonitoring, clusterMonitoringProblems, clusterMonitoringSettings } from "@plinth/components";
import { optionalPart } from "../part";
import { cachePart } from "./cache";
import { clusterPart } from "./cluster";
import { databasePart } from "./database";
import { networkCidrs, networkPart } from "./network";
import { notificationsPart } from "./notifications";

/** What monitors the cluster, the database and the cache from inside the cluster. */
export const monitoringPart = optionalPart({
    key: "monitoring",
    presence: { dev: "on request", staging: "by default", prod: "by default" },
    within: clusterPart,
    needs: {
        notifications: notificationsPart,
        network: networkPart,
        database: databasePart,
        cache: cachePart,
        cluster: clusterPart,
    },
    settings: clusterMonitoringSettings,
    sizing: ["retentionDays", "storageGiB"],
    problems: (monitoring, where) => clusterMonitoringProblems(where, monitoring),
    create: (monitoring, { platform, made, specs, present, options }) => {
        const { cluster, network, notifications } = made;
        if (!cluster) throw new Error("there is no cluster to monitor");
        // The Job that creates the user who monitors the database is the workloads'.
        const database = present.has("workloads") ? made.database?.serving : undefined;
        const dependencies = { cluster, database, cache: made.cache?.serving };
        return new ClusterMonitoring(
            "monitoring",
            {
                ...{ ...monitoring, ...dependencies, platform, kubernetesVersion: cluster.version },
                alertTopic: notifications && { arn: notifications.topicArn, keyArn: notifications.keyArn },
                network: { vpcId: network.vpcId, cidrs: networkCidrs(specs.network) },
            },
            options,
        );
    },
    outputs: ({ commands, grafanaSecretArn }) => ({ monitoring: { ...commands, grafanaSecretArn } }),
});
