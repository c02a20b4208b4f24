import type * as k8s from "@pulumi/kubernetes";
import type { Cache } from "../cache";
import type { SecretsCluster } from "../cluster";
import type { ComponentArgs } from "../component";
import type { Database } from "../database";
import type { WorkloadNetwork } from "../kubernetes/dependencies";
import type { Queue } from "../queue";
import type { Transform } from "../transform";
import type { ApplicationSpec } from "./spec";

export interface ApplicationArgs extends ApplicationSpec, ComponentArgs {
    cluster: SecretsCluster;
    /** The cluster's version, such as `1.35`: whose rules of Pod Security hold. */
    kubernetesVersion: string;
    /** The region that services are told of. */
    region: string;
    network: WorkloadNetwork;
    /** Undefined for a platform without a database. */
    database?: Database;
    /** Undefined for a platform without a cache. */
    cache?: Cache;
    /** Queues by name. */
    queues: Record<string, Queue>;
    /** Last word on any child's arguments. A change here is yours to answer for; the policy pack still judges it. */
    transform?: {
        namespace?: Transform<k8s.core.v1.NamespaceArgs>;
        makeRoles?: Transform<k8s.batch.v1.JobArgs>;
        migrate?: Transform<k8s.batch.v1.JobArgs>;
    };
}
