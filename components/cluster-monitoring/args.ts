import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Cache } from "../cache";
import type { SecretsCluster } from "../cluster";
import type { ComponentArgs } from "../component";
import type { Database } from "../database";
import type { WorkloadNetwork } from "../kubernetes/dependencies";
import type { Transform } from "../transform";
import type { ClusterMonitoringSpec } from "./spec";

export interface ClusterMonitoringArgs extends ClusterMonitoringSpec, ComponentArgs {
    cluster: SecretsCluster;
    /** The cluster's version, such as `1.35`: the version of the Pod Security standard. */
    kubernetesVersion: string;
    network: WorkloadNetwork;
    /** The database to monitor; undefined for none. */
    database?: Database;
    /** The cache to monitor; undefined for none. */
    cache?: Cache;
    /**
     * The topic of SNS that critical alerts are sent to. Without it there is no Alertmanager, and alerts are seen in Prometheus only.
     */
    alertTopic?: {
        arn: pulumi.Input<string>;
        /** The key that it is encrypted with; undefined for none. */
        keyArn?: pulumi.Input<string>;
    };
    /** Changes the arguments of any child, after the component has set them. You are responsible for the change; the policy pack still checks it. */
    transform?: {
        namespace?: Transform<k8s.core.v1.NamespaceArgs>;
        prometheus?: Transform<k8s.helm.v3.ReleaseArgs>;
        grafana?: Transform<k8s.helm.v3.ReleaseArgs>;
    };
}
