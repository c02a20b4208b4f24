import { aurora } from "./aurora";
import { backups } from "./backups";
import { caches, cacheUsers } from "./caches";
import { clusters } from "./clusters";
import { databaseEncryption } from "./database-encryption";
import { databases } from "./databases";
import { endpoints } from "./endpoints";
import { ingress } from "./ingress";
import { keys } from "./keys";
import { kubernetes } from "./kubernetes";
import { logs } from "./logs";
import { networkAcls } from "./network-acls";
import { networks } from "./networks";
import { nodes } from "./nodes";
import { notifications } from "./notifications";
import { proxies, proxyEndpoints } from "./proxies";
import { queues } from "./queues";
import { registries } from "./registries";
import { roles } from "./roles";
import { rotations } from "./rotations";
import { secrets } from "./secrets";
import { servicePrincipals } from "./service-principals";

const subjects = [
    ...[
        networks,
        databases,
        databaseEncryption,
        proxies,
        proxyEndpoints,
        aurora,
        caches,
        cacheUsers,
        queues,
        notifications,
        servicePrincipals,
        keys,
        secrets,
        logs,
        networkAcls,
        endpoints,
        rotations,
    ],
    ...[clusters, nodes, registries, roles, kubernetes, ingress, backups],
];

/** The tests check that every rule has at least one of each. */
export const mutations = subjects.flatMap((subject) => subject.mutations);
export const unproved = subjects.flatMap((subject) => subject.unproved);
