import type { WorkloadCluster } from "../cluster";
import type { DataStore } from "./surroundings";

/** The clusters whose nodes a data store has let in: AWS refuses the same rule a second time. */
const admitted = new WeakMap<DataStore, WeakSet<WorkloadCluster>>();

/**
 * Lets a cluster's nodes into a data store, once however many services ask: pods without a security group of their own
 * connect as their node does. Which of them may is then for their network policies.
 */
export function admitNodes(store: DataStore, cluster: WorkloadCluster): void {
    const clusters = admitted.get(store) ?? new WeakSet();
    if (clusters.has(cluster)) return;
    admitted.set(store, clusters.add(cluster));
    store.allowFrom({ name: "nodes", securityGroupId: cluster.nodeSecurityGroupId });
}
