import type { CacheSpec, DatabaseSpec, Watched } from "..";
import { auroraSpec, cacheSpec, databaseSpec } from "./specs";

const mysql: DatabaseSpec = { ...auroraSpec, engine: "aurora-mysql", engineVersion: "8.0" };

/** A platform that has everything, with databases of every kind. */
export const everything: Watched = {
    databases: [
        watchedDatabase("burstable", { ...databaseSpec, instanceClass: "db.t3.micro", storageType: "gp2" }, 2),
        { ...watchedDatabase("aurora", mysql, 2), clusterIdentifier: "aurora", rotationFunctionName: "rotation" },
        watchedDatabase("serverless", { ...auroraSpec, serverlessCapacity: { minimumAcu: 0, maximumAcu: 8 } }, 1),
    ],
    caches: [watchedCache({ nodeType: "cache.t3.micro", shards: 2, replicasPerShard: 2 })],
    queues: [watchedQueue("orders"), watchedQueue("emails")],
    cluster: { name: "cluster", clusterName: "platform", namespace: "app", autoScalingGroupNames: ["eks-zone-0"] },
    network: {
        name: "network",
        vpcId: "vpc-1",
        flowLogGroupName: "/aws/vpc-flow-logs/shop",
        natGatewayIds: ["nat-1", "nat-2"],
        interfaceEndpoints: { "ecr.api": { id: "vpce-1", serviceName: "ecr", subnetIds: ["subnet-1", "subnet-2"] } },
    },
    address: { name: "ingress", certificateArn: "arn" },
    loadBalancer: { name: "ingress", arnSuffix: "app/shop/50dc6c495c0c9188" },
    topic: { name: "notifications", topicName: "topic" },
    logs: {
        groupNames: {
            backend: "/aws/containerinsights/shop/services/backend",
            worker: "/aws/containerinsights/shop/services/worker",
        },
        prefix: "shop-test",
    },
    backup: { vaultArn: "arn:aws:backup:eu-west-1:123456789012:backup-vault:shop" },
    registry: { repositoryNames: ["shop-backend"] },
};

export function watchedDatabase(name: string, of: DatabaseSpec, servers: number) {
    const parts = ["primary", "replica-1", "replica-2"].slice(0, servers);
    return { name, spec: of, servers: parts.map((part) => ({ part, identifier: `${name}-${part}` })) };
}

function watchedCache(of: Pick<CacheSpec, "nodeType" | "shards" | "replicasPerShard">) {
    return { name: "cache", spec: { ...cacheSpec, ...of }, replicationGroupId: "shop-cache" };
}

export function watchedQueue(name: string, visibilityTimeoutSeconds = 300) {
    return { name, spec: { visibilityTimeoutSeconds }, queueName: name, deadLetterQueueName: `${name}-dead-letter` };
}

/** A queue of {@link everything} that somebody is expected to send to all day. */
export const alwaysInUse = ["orders"];
