import { byEngine } from "../../settings";

/** A default for instances, and another, or none, for Aurora clusters. */
export function forInstances(instances: unknown, clusters?: unknown) {
    return byEngine({
        postgres: instances,
        mysql: instances,
        "aurora-postgresql": clusters,
        "aurora-mysql": clusters,
    });
}

/** A default for Aurora clusters alone. */
export function forClusters(clusters: unknown) {
    return forInstances(undefined, clusters);
}
