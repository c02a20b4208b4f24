import type * as pulumi from "@pulumi/pulumi";
import { Cache } from "../../cache";
import { Cluster, type ClusterSpec } from "../../cluster";
import { Database, type DatabaseSpec } from "../../database";
import { defaultsOf } from "../../settings";
import { networkOf, privateSubnetIds } from "../../testing/cluster";
import { inputsOf, type Registered, type Rehearsal, rehearse, settled } from "../../testing/mocks";
import { auroraSpec, cacheSpec, clusterSpec, databaseSpec, dataNetwork, platform } from "../../testing/specs";
import type { ClusterMonitoringArgs } from "../args";
import { ClusterMonitoring } from "../cluster-monitoring";
import { type ClusterMonitoringSpec, clusterMonitoringSettings } from "../spec";

export const monitoringSpec = defaultsOf(clusterMonitoringSettings, { tier: "prod" }) as ClusterMonitoringSpec;

/** What is varied from the monitoring of a platform with everything in it. */
export interface Variation {
    spec?: Partial<ClusterMonitoringArgs>;
    cluster?: Partial<ClusterSpec>;
    database?: Partial<DatabaseSpec> | false;
    cache?: Partial<typeof cacheSpec> | false;
}

const cidrs = {
    vpc: "10.0.0.0/16",
    subnets: { public: ["10.0.0.0/24"], private: ["10.0.1.0/24"], isolated: ["10.0.2.0/24"] },
    interfaceEndpoints: [],
};

/** Creates a cluster, its data stores and what monitors them, under mocks. */
export function makeMonitoring(variation: Variation = {}, preview = false): Promise<Rehearsal<ClusterMonitoring>> {
    const { spec, cluster, database = {}, cache = {} } = variation;
    return rehearse(preview, (options) => {
        const data = { platform, network: { ...dataNetwork, privateSubnetIds } };
        const { engine } = database || {};
        const ofEngine = engine?.startsWith("aurora-") ? auroraSpec : databaseSpec;
        const network = networkOf(privateSubnetIds);
        return new ClusterMonitoring(
            "monitoring",
            {
                ...{ ...monitoringSpec, platform, kubernetesVersion: "1.35", network: { vpcId: "vpc-1", cidrs } },
                cluster: new Cluster("cluster", { ...clusterSpec, platform, network, ...cluster }, options),
                ...(database && {
                    database: new Database("database", { ...ofEngine, ...data, ...database }, options),
                }),
                ...(cache && { cache: new Cache("cache", { ...cacheSpec, ...data, ...cache }, options) }),
                ...spec,
            },
            options,
        );
    });
}

let whole: Promise<Rehearsal<ClusterMonitoring>> | undefined;
/** The monitoring of a platform with everything in it, made once. */
export function everything(): Promise<Rehearsal<ClusterMonitoring>> {
    whole ??= makeMonitoring();
    return whole;
}

/** Values of a chart, as far as tests look into them. */
export interface Json {
    [key: string]: Json;
}

/** The values that a chart was installed with. */
export async function chartValues(resources: Registered[], chart: "prometheus" | "grafana"): Promise<Json> {
    const { values } = inputsOf(resources, `monitoring-${chart}-chart`);
    return (await settled(values as pulumi.Input<object>)) as Json;
}
