import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { ExternalSecrets } from "../application/external-secrets";
import { allowDns, denyAll } from "../application/namespace";
import { podSecurityLabels } from "../cluster/pod-security";
import { installChart } from "../cluster/release";
import { Component } from "../component";
import { dialectOf } from "../database";
import { EncryptionKey, type SecretValue, StoredSecret } from "../encryption";
import { networkPolicySpec } from "../kubernetes/network-policy";
import { nameLimits } from "../naming";
import { policyDocument } from "../policy-document";
import { transformed } from "../transform";
import { alertRules, type Monitored } from "./alerts";
import type { ClusterMonitoringArgs } from "./args";
import { dashboardFiles } from "./dashboards";
import { cacheExporter } from "./exporters/cache-exporter";
import { databaseExporter } from "./exporters/database-exporter";
import { Exporter } from "./exporters/exporter";
import type { ExporterSpec } from "./exporters/exporter-spec";
import { grafanaNames, grafanaValues } from "./grafana-values";
import type { ClusterMonitoringNodes } from "./nodes";
import { monitoringPaths, pods, scrapingRole, scrapingRules } from "./pods";
import { prometheusValues } from "./prometheus-values";
import { monitoringCharts, monitoringNamespace } from "./versions";

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
    private readonly monitored: Monitored;

    constructor(name: string, args: ClusterMonitoringArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:cluster-monitoring:ClusterMonitoring", name, args, options);
        this.args = args;
        const { database, cache, alertTopic } = args;
        this.monitored = { database: database && dialectOf(database.engine), cache: cache !== undefined };

        const namespace = this.createNamespace();
        const externalSecrets = this.createExternalSecrets(namespace);
        this.databaseUser = database?.createMonitoringUser();
        const exporters = {
            database: database && this.databaseUser && databaseExporter(database, this.databaseUser, args),
            cache: cache && cacheExporter(cache, cache.createMonitoringCredentials()),
        };
        const policies = this.createNetworkPolicies(namespace, exporters);
        const ready = [namespace, ...policies];
        const created = {
            database:
                database &&
                exporters.database &&
                this.createExporter("database", exporters.database, database, externalSecrets, ready),
            cache:
                cache &&
                exporters.cache &&
                this.createExporter("cache", exporters.cache, cache, externalSecrets, ready),
        };
        const identity = alertTopic && this.createPublisher(alertTopic);
        const prometheus = this.installPrometheus(exporters, [
            ...ready,
            ...this.allowScraping(namespace),
            ...(identity ? [identity] : []),
        ]);
        const key = this.createKey();
        const admin = this.storeAdministrator(key);
        const dashboards = this.createDashboards(namespace);
        const synced = externalSecrets.sync("grafana-admin", {
            name: grafanaNames.admin,
            fields: { username: { of: admin, field: "username" }, password: { of: admin, field: "password" } },
        });
        const grafana = this.installGrafana(admin, [...ready, dashboards, synced]);

        this.grafanaSecretArn = admin.secretArn;
        this.commands = {
            grafana: portForward(`service/${pods.grafana.name}`, pods.grafana.port),
            prometheus: portForward("service/prometheus-server", pods.prometheus.port),
        };
        this.nodes = {
            ...{ namespace, prometheus, grafana, dashboards, key: key.nodes.key, secret: admin.secret.nodes.secret },
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

    private createExporter(
        kind: "database" | "cache",
        spec: ExporterSpec,
        of: NonNullable<ClusterMonitoringArgs["database"] | ClusterMonitoringArgs["cache"]>,
        externalSecrets: ExternalSecrets,
        dependsOn: pulumi.Resource[],
    ): Exporter {
        const { cluster, network } = this.args;
        // A proxy is no place to ask a server for its statistics.
        const store = { kind, of: "server" in of ? of.server : of };
        const args = { ...this.shared, spec, cluster, network, externalSecrets, store, dependsOn };
        return new Exporter(this.childName(`${kind}-exporter`), args, this.child);
    }

    /** Alertmanager publishes to the topic as a role of its own, and does nothing else in AWS. */
    private createPublisher({ arn, keyArn }: NonNullable<ClusterMonitoringArgs["alertTopic"]>): pulumi.Resource {
        const { name } = pods.alertmanager;
        const identity = this.args.cluster.identity(name, { namespace: monitoringNamespace, serviceAccount: name });
        const policy = new aws.iam.RolePolicy(
            this.childName("alert-policy"),
            {
                name: this.physicalName(nameLimits.rolePolicy, "alerts"),
                role: identity.role.name,
                policy: policyDocument(
                    { Sid: "PublishAlerts", Effect: "Allow", Action: "sns:Publish", Resource: arn },
                    ...(keyArn
                        ? [
                              {
                                  Sid: "EncryptAlerts",
                                  Effect: "Allow" as const,
                                  Action: ["kms:GenerateDataKey", "kms:Decrypt"],
                                  Resource: keyArn,
                              },
                          ]
                        : []),
                ),
            },
            { ...this.child, dependsOn: [identity] },
        );
        return policy;
    }

    private allowScraping(namespace: k8s.core.v1.Namespace): pulumi.Resource[] {
        const role = new k8s.rbac.v1.ClusterRole(
            this.childName("scraping-role"),
            { metadata: { name: scrapingRole }, rules: scrapingRules },
            this.inCluster([namespace]),
        );
        const { name } = pods.prometheus;
        const binding = new k8s.rbac.v1.ClusterRoleBinding(
            this.childName("scraping"),
            {
                metadata: { name: scrapingRole },
                roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: scrapingRole },
                subjects: [{ kind: "ServiceAccount", name, namespace: monitoringNamespace }],
            },
            this.inCluster([role]),
        );
        return [binding];
    }

    private installPrometheus(
        { database, cache }: { database?: ExporterSpec; cache?: ExporterSpec },
        dependsOn: pulumi.Resource[],
    ): k8s.helm.v3.Release {
        const { alertTopic, transform } = this.args;
        const targets = {
            ...{ database, alerting: alertTopic !== undefined },
            cache: cache && { ...cache, clustered: this.args.cache?.configurationEndpoint !== undefined },
        };
        const rules = alertRules(this.args, this.monitored);
        const topic = pulumi.output(alertTopic && { arn: alertTopic.arn, region: this.awsContext.region });
        const values = topic.apply((known) => prometheusValues(this.args, targets, rules, known));
        const chart = monitoringCharts.prometheus;
        return installChart(
            this.childName("prometheus"),
            chart,
            values,
            this.inCluster(dependsOn),
            transform?.prometheus,
        );
    }

    private createKey(): EncryptionKey {
        const args = {
            ...this.shared,
            purpose: `the secrets of the monitoring ${this.displayName()}`,
            deletionWindowDays: this.args.keyDeletionWindowDays,
        };
        return new EncryptionKey(this.childName("encryption"), args, this.child);
    }

    private storeAdministrator(key: EncryptionKey): SecretValue {
        const password = new random.RandomPassword(
            this.childName("grafana-password"),
            { length: 32, special: false },
            this.child,
        );
        const secret = new StoredSecret(
            this.childName("grafana-credentials"),
            {
                ...this.shared,
                part: "grafana-credentials",
                description: `The administrator of Grafana, of ${this.displayName()}`,
                keyArn: key.keyArn,
                recoveryWindowDays: this.args.secretRecoveryWindowDays,
            },
            this.child,
        );
        return secret.store({ username: "admin", password: password.result });
    }

    private createDashboards(namespace: k8s.core.v1.Namespace): k8s.core.v1.ConfigMap {
        return new k8s.core.v1.ConfigMap(
            this.childName("dashboards"),
            {
                metadata: { name: grafanaNames.dashboards, namespace: monitoringNamespace },
                data: dashboardFiles(this.monitored),
            },
            this.inCluster([namespace]),
        );
    }

    private installGrafana(admin: SecretValue, dependsOn: pulumi.Resource[]): k8s.helm.v3.Release {
        const values = admin.versionId.apply((version) => grafanaValues(this.args, version));
        const { grafana } = monitoringCharts;
        const { transform } = this.args;
        return installChart(this.childName("grafana"), grafana, values, this.inCluster(dependsOn), transform?.grafana);
    }
}

function portForward(resource: string, port: number): string {
    return `kubectl port-forward -n ${monitoringNamespace} ${resource} ${port}`;
}
