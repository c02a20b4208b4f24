import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { ExternalSecrets } from "../application/external-secrets";
import { installChart } from "../cluster/release";
import { Component, type ComponentArgs } from "../component";
import { EncryptionKey, type SecretValue, StoredSecret } from "../encryption";
import type { Monitored } from "./alerts";
import type { ClusterMonitoringArgs } from "./args";
import { dashboardFiles } from "./dashboards";
import { grafanaNames, grafanaValues } from "./grafana-values";
import type { ClusterMonitoringNodes } from "./nodes";
import { monitoringCharts, monitoringNamespace } from "./versions";

export interface GrafanaArgs
    extends ComponentArgs,
        Pick<
            ClusterMonitoringArgs,
            "cluster" | "scrapeIntervalSeconds" | "keyDeletionWindowDays" | "secretRecoveryWindowDays"
        > {
    /** What there are dashboards of. */
    monitored: Monitored;
    externalSecrets: ExternalSecrets;
    /** What must exist before anything in the namespace. */
    dependsOn: pulumi.Resource[];
    transform?: NonNullable<ClusterMonitoringArgs["transform"]>["grafana"];
}

/** Grafana with its dashboards, and with one administrator, whose password is generated. */
export class Grafana extends Component {
    /** Secret with the name and the password of the administrator. */
    public readonly secretArn: pulumi.Output<string>;
    /** The raw resources. */
    public readonly nodes: Pick<ClusterMonitoringNodes, "grafana" | "dashboards" | "key" | "secret">;

    private readonly args: GrafanaArgs;

    constructor(name: string, args: GrafanaArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:cluster-monitoring:Grafana", name, args, options);
        this.args = args;
        const key = this.createKey();
        const administrator = this.storeAdministrator(key);
        const dashboards = this.createDashboards();
        const synced = args.externalSecrets.sync("grafana", {
            name: grafanaNames.admin,
            fields: {
                username: { of: administrator, field: "username" },
                password: { of: administrator, field: "password" },
            },
        });
        const grafana = this.install(administrator, [...args.dependsOn, dashboards, synced]);
        this.secretArn = administrator.secretArn;
        this.nodes = { grafana, dashboards, key: key.nodes.key, secret: administrator.secret.nodes.secret };
        this.registerOutputs({ secretArn: this.secretArn });
    }

    private inCluster(dependsOn: pulumi.Resource[]): pulumi.CustomResourceOptions {
        return { ...this.child, provider: this.args.cluster.kubernetes, dependsOn };
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
            this.childName("password"),
            { length: 32, special: false },
            this.child,
        );
        const secret = new StoredSecret(
            this.childName("credentials"),
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

    private createDashboards(): k8s.core.v1.ConfigMap {
        return new k8s.core.v1.ConfigMap(
            this.childName("dashboards"),
            {
                metadata: { name: grafanaNames.dashboards, namespace: monitoringNamespace },
                data: dashboardFiles(this.args.monitored),
            },
            this.inCluster(this.args.dependsOn),
        );
    }

    private install(administrator: SecretValue, dependsOn: pulumi.Resource[]): k8s.helm.v3.Release {
        const values = grafanaValues(this.args, administrator.versionId);
        const { grafana: chart } = monitoringCharts;
        return installChart(this.childName("chart"), chart, values, this.inCluster(dependsOn), this.args.transform);
    }
}
