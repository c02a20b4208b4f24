import type { Rule } from "../rule";
import { backupRules } from "./backups";
import { cacheRules } from "./caches";
import { clusterRules } from "./clusters";
import { databaseRules } from "./databases";
import { endpointRules } from "./endpoints";
import { ingressRules } from "./ingress";
import { keyRules } from "./keys";
import { accessRules } from "./kubernetes-access";
import { podRules } from "./kubernetes-pods";
import { literalSecretRules } from "./kubernetes-secrets";
import { logRules } from "./logs";
import { networkAclRules } from "./network-acls";
import { networkRules } from "./networks";
import { nodeRules } from "./nodes";
import { notificationRules } from "./notifications";
import { proxyRules } from "./proxies";
import { queueRules } from "./queues";
import { registryRules } from "./registries";
import { roleRules } from "./roles";
import { rotationRules } from "./rotations";
import { secretRules } from "./secrets";
import { serviceRules } from "./services";

/** All rules of the pack. A new rule joins the list of its subject, with a mutation and an unproved case in `testing/cases`, or cases in `testing/foreign`. */
export const rules: readonly Rule[] = [
    ...networkRules,
    ...databaseRules,
    ...proxyRules,
    ...cacheRules,
    ...queueRules,
    ...notificationRules,
    ...keyRules,
    ...secretRules,
    ...logRules,
    ...networkAclRules,
    ...endpointRules,
    ...rotationRules,
    ...clusterRules,
    ...nodeRules,
    ...registryRules,
    ...roleRules,
    ...podRules,
    ...accessRules,
    ...literalSecretRules,
    ...ingressRules,
    ...backupRules,
    ...serviceRules,
];
