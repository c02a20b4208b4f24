import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { ExternalSecrets } from "../application/external-secrets";
import { allowDns, denyAll } from "../application/namespace";
import { podSecurityLabels } from "../cluster/pod-security";
import { Component } from "../component";
import { dialectOf } from "../database";
import type { SecretValue } from "../encryption";
import type { DataStore } from "../kubernetes/dependencies";
import { networkPolicySpec } from "../kubernetes/network-policy";
import { transformed } from "../transform";
import type { ClusterMonitoringArgs } from "./args";
import { cacheExporter } from "./exporters/cache-exporter";
import { databaseExporter } from "./exporters/database-exporter";
import { Exporter } from "./exporters/exporter";
import type { ExporterSpec } from "./exporters/exporter-spec";
import { Grafana } from "./grafana";
import type { ClusterMonitoringNodes } from "./nodes";
import { monitoringPaths, pods } from "./pods";
import { Prometheus } from "./prometheus";
import { monitoringNamespace } from "./versions";

/** Seconds between two readings of a secret by External Secrets. */
const secretRefreshSeconds = 300;

/**
 * Prometheus and Grafana in a namespace of their own, with exporters of the database and the cache, dashboards and alerts. Nothing of it is
 * reached from outside the cluster: people use `kubectl port-forward`.
 *
 * Costs its share of the nodes (about 0.2 CPU and 0.9 GiB), Prometheus' volume, a key, and a secret each for Grafana, the database's user and the cache's.
 */
export class ClusterMonitoring extends Component {
    /** The credentials that the user who monitors the database is to be created with; undefined without a database. */
    public readonly databaseUser: SecretValue | undefined;
    /** Secret with the name and the password of Grafana's administrator. */
    public readonly grafanaSecretArn: pulumi.Output<string>;
    /** Shell commands that open Grafana and Prometheus on the caller's machine, by what they open. */
    public readonly commands: { grafana: string; prometheus: string };
    /** The raw resources. */
    public readonly nodes: ClusterMonitoringNodes;

    private readonly args: ClusterMonitoringArgs;

    constructor(name: string, args: ClusterMonitoringArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:cluster-monitoring:ClusterMonitoring", name, args, options);
        this.args = args;
        const { database, cache, alertTopic } = args;
        const monitored = { database: database && dialectOf(database.engine), cache: cache !== undefined };

        const namespace = this.createNamespace();
        const externalSecrets = this.createExternalSecrets(namespace);
        this.databaseUser = database?.createMonitoringUser();
        const exporters = {
            database: database && this.databaseUser && databaseExporter(database, this.databaseUser, args),
            cache: cache && cacheExporter(cache, cache.createMonitoringCredentials()),
        };
        const dependsOn = [namespace, ...this.createNetworkPolicies(namespace, exporters)];
        const shared = { ...this.shared, cluster: args.cluster, monitored, dependsOn };
        const exporterOf = this.exporterFactory(externalSecrets, dependsOn);
        const created = {
            // A proxy is no place to ask a server for its statistics.
            database: database && exporters.database && exporterOf("database", exporters.database, database.server),
            cache: cache && exporters.cache && exporterOf("cache", exporters.cache, cache),
        };
        const clustered = cache?.configurationEndpoint !== undefined;
        const prometheus = new Prometheus(
            this.childName("prometheus"),
            {
                ...{ ...shared, spec: args, alertTopic, transform: args.transform?.prometheus },
                targets: { database: exporters.database, cache: exporters.cache && { ...exporters.cache, clustered } },
            },
            this.child,
        );
        const grafana = new Grafana(
            this.childName("grafana"),
            { ...args, ...shared, externalSecrets, transform: args.transform?.grafana },
            this.child,
        );

        this.grafanaSecretArn = grafana.secretArn;
        this.commands = {
            grafana: portForward(`service/${pods.grafana.name}`, pods.grafana.port),
            prometheus: portForward("service/prometheus-server", pods.prometheus.port),
        };
        this.nodes = {
            ...{ namespace, ...prometheus.nodes, ...grafana.nodes },
            exporters: { database: created.database?.nodes.deployment, cache: created.cache?.nodes.deployment },
        };
        this.registerOutputs({ grafanaSecretArn: this.grafanaSecretArn });
    }

    private inCluster(dependsOn: pulumi.Resource[]): pulumi.CustomResourceOptions {
        return { ...this.child, provider: this.args.cluster.kubernetes, dependsOn };
    }

    private createNamespace(): k8s.core.v1.Namespace {
        const { kubernetesVersion, cluster, transform } = this.args;
        const args: k8s.core.v1.NamespaceArgs = {
            metadata: { name: monitoringNamespace, labels: podSecurityLabels(kubernetesVersion) },
        };
        return new k8s.core.v1.Namespace(
            this.childName("namespace"),
            transformed(transform?.namespace, args),
            this.inCluster(cluster.ready),
        );
    }

    private createExternalSecrets(namespace: k8s.core.v1.Namespace): ExternalSecrets {
        const args = {
            ...{ ...this.shared, cluster: this.args.cluster, namespace: monitoringNamespace, reader: "monitoring" },
            ...{ refreshSeconds: secretRefreshSeconds, dependsOn: [namespace] },
        };
        return new ExternalSecrets(this.childName("external-secrets"), args, this.child);
    }

    private createNetworkPolicies(
        namespace: k8s.core.v1.Namespace,
        exporters: { database?: ExporterSpec; cache?: ExporterSpec },
    ): k8s.networking.v1.NetworkPolicy[] {
        const { network, alertTopic } = this.args;
        const scraped = Object.values(exporters).filter((one) => one !== undefined);
        const paths = monitoringPaths(network.cidrs, scraped, alertTopic !== undefined);
        const specs = {
            ...{ "deny-all": denyAll, "allow-dns": allowDns },
            ...Object.fromEntries(Object.entries(paths).map(([pod, open]) => [pod, networkPolicySpec(pod, open)])),
        };
        return Object.entries(specs).map(
            ([name, spec]) =>
                new k8s.networking.v1.NetworkPolicy(
                    this.childName(`${name}-policy`),
                    { metadata: { name, namespace: monitoringNamespace }, spec },
                    this.inCluster([namespace]),
                ),
        );
    }

    private exporterFactory(externalSecrets: ExternalSecrets, dependsOn: pulumi.Resource[]) {
        const { cluster, network } = this.args;
        const shared = { ...this.shared, cluster, network, externalSecrets, dependsOn };
        return (kind: "database" | "cache", spec: ExporterSpec, of: DataStore) =>
            new Exporter(this.childName(`${kind}-exporter`), { ...shared, spec, store: { kind, of } }, this.child);
    }
}

function portForward(resource: string, port: number): string {
    return `kubectl port-forward -n ${monitoringNamespace} ${resource} ${port}`;
}
