import type * as k8s from "@pulumi/kubernetes";
import type { Cache } from "../cache";
import type { SecretsCluster } from "../cluster";
import type { ComponentArgs } from "../component";
import type { Database } from "../database";
import type { SecretValue } from "../encryption";
import type { WorkloadNetwork } from "../kubernetes/dependencies";
import type { Queue } from "../queue";
import type { Transform } from "../transform";
import type { ApplicationSpec } from "./spec";

export interface ApplicationArgs extends ApplicationSpec, ComponentArgs {
    cluster: SecretsCluster;
    /** The cluster's version, such as `1.35`: the version of the Pod Security standard. */
    kubernetesVersion: string;
    /** The region, which services get as `AWS_REGION`. */
    region: string;
    network: WorkloadNetwork;
    /** Undefined for a platform without a database. */
    database?: Database;
    /** The credentials of a user who monitors the database, for the Job that creates users; undefined for none. */
    monitoringUser?: SecretValue;
    /** Undefined for a platform without a cache. */
    cache?: Cache;
    /** Entries that services have as variables like those of `configuration`, which stay secret: they reach the cluster through Secrets Manager. */
    secretConfiguration?: Record<string, string>;
    /** Variables of services, by the service's name, which stay secret likewise. Each service has a Kubernetes Secret of its own. */
    secretEnvironments?: Record<string, Record<string, string>>;
    /** Queues by name. */
    queues: Record<string, Queue>;
    /** Changes the arguments of any child, after the component has set them. You are responsible for the change; the policy pack still checks it. */
    transform?: {
        namespace?: Transform<k8s.core.v1.NamespaceArgs>;
        makeRoles?: Transform<k8s.batch.v1.JobArgs>;
        migrate?: Transform<k8s.batch.v1.JobArgs>;
    };
}
