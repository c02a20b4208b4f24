import {
    Network,
    Observability,
    observabilityProblems,
    observabilitySettings,
    watchCache,
    watchCluster,
    watchDatabase,
    watchLoadBalancer,
    watchLogs,
    watchNetwork,
    watchQueue,
} from "@plinth/components";
import { optionalPart } from "../part";
import { backupPart } from "./backup";
import { cachePart } from "./cache";
import { clusterPart } from "./cluster";
import { databasePart } from "./database";
import { networkPart } from "./network";
import { notificationsPart } from "./notifications";
import { queuesPart } from "./queues";
import { registryPart } from "./registry";
import { workloadsPart } from "./workloads";

/** What watches the platform from outside: CloudWatch's alarms on whatever the stack has, and dashboards of it. */
export const observabilityPart = optionalPart({
    key: "observability",
    presence: "by default",
    within: notificationsPart,
    needs: {
        notifications: notificationsPart,
        network: networkPart,
        database: databasePart,
        backup: backupPart,
        cache: cachePart,
        queues: queuesPart,
        cluster: clusterPart,
        registry: registryPart,
        workloads: workloadsPart,
    },
    settings: observabilitySettings,
    problems: (observability, where, { specs }) =>
        observabilityProblems(where, observability, Object.keys(specs.queues)),
    create: (observability, { platform, made, specs, options }) => {
        const { notifications, network, database, backup, cache, queues, cluster, registry, workloads } = made;
        if (!notifications) throw new Error("there is nobody to notify");
        const ingress = workloads?.services.ingress;
        return new Observability(
            "observability",
            {
                ...observability,
                platform,
                topicArn: notifications.topicArn,
                dependsOn: notifications.ready,
                watch: {
                    databases:
                        database && specs.database ? [watchDatabase("database", database.serving, specs.database)] : [],
                    caches: cache && specs.cache ? [watchCache("cache", cache.serving, specs.cache)] : [],
                    queues: Object.entries(queues).flatMap(([name, queue]) => {
                        const spec = specs.queues[name];
                        return spec ? [watchQueue(name, queue, spec)] : [];
                    }),
                    cluster: cluster && watchCluster("cluster", cluster, workloads?.application.namespace),
                    network: network instanceof Network ? watchNetwork("network", network) : undefined,
                    address: ingress && { name: "ingress", certificateArn: ingress.certificateArn },
                    loadBalancer: ingress && watchLoadBalancer("ingress", ingress),
                    topic: notifications.topicName && { name: "notifications", topicName: notifications.topicName },
                    logs: workloads && watchLogs(platform.namePrefix, workloads.services.logGroups),
                    backup: backup && { vaultArn: backup.vaultArn },
                    registry: registry && { repositoryNames: registry.repositoryNames },
                },
            },
            options,
        );
    },
    outputs: ({ alarmArns, dashboardNames }) => ({ observability: { alarmArns, dashboardNames } }),
});
