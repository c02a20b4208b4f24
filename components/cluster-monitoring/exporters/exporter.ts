import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ExternalSecrets } from "../../application/external-secrets";
import { fingerprint } from "../../application/plan";
import type { WorkloadCluster } from "../../cluster";
import { Component, type ComponentArgs } from "../../component";
import { type DataStore, portsOf, type WorkloadNetwork } from "../../kubernetes/dependencies";
import { type NetworkPath, networkPaths } from "../../kubernetes/network-path";
import { networkPolicySpec } from "../../kubernetes/network-policy";
import { podLabels } from "../../kubernetes/pod-labels";
import { connectPods } from "../../kubernetes/pod-security-group";
import { pods } from "../pods";
import { monitoringNamespace } from "../versions";
import { credentialsSecret } from "./credentials-secret";
import { exporterDeployment, filesName } from "./deployment";
import type { ExporterSpec } from "./exporter-spec";

export interface ExporterArgs extends ComponentArgs {
    spec: ExporterSpec;
    cluster: WorkloadCluster;
    network: WorkloadNetwork;
    externalSecrets: ExternalSecrets;
    /** What it reads the statistics of. */
    store: { kind: "database" | "cache"; of: DataStore };
    /** What must exist before anything in the namespace. */
    dependsOn: pulumi.Resource[];
}

/** An exporter in the cluster: the one way to it is Prometheus', and the one way from it leads to its data store. */
export class Exporter extends Component {
    /** The raw resources. */
    public readonly nodes: { deployment: k8s.apps.v1.Deployment; service: k8s.core.v1.Service };

    private readonly args: ExporterArgs;

    constructor(name: string, args: ExporterArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:cluster-monitoring:Exporter", name, args, options);
        this.args = args;
        const paths = this.paths();
        const dependencies = [
            this.createServiceAccount(),
            this.createNetworkPolicy(paths),
            this.syncCredentials(),
            ...this.createFiles(),
            ...this.connect(paths),
        ];
        this.nodes = { service: this.createService(), deployment: this.createDeployment(dependencies) };
        this.registerOutputs({});
    }

    private get inNamespace(): pulumi.CustomResourceOptions {
        return { ...this.child, provider: this.args.cluster.kubernetes, dependsOn: this.args.dependsOn };
    }

    private metadata(name = this.args.spec.name) {
        return { name, namespace: monitoringNamespace, labels: podLabels(this.args.spec.name) };
    }

    private paths(): NetworkPath[] {
        const { spec, network, store } = this.args;
        const reaches = { database: store.kind === "database", cache: store.kind === "cache", internet: false };
        return networkPaths(
            { port: spec.port, reaches: { ...reaches, queues: { send: [], consume: [] } }, identity: false },
            {
                ...{ cidrs: network.cidrs, exposed: false, callers: [pods.prometheus.name], called: [] },
                dataPorts: { [store.kind]: portsOf(store.of) },
            },
        );
    }

    private createServiceAccount(): k8s.core.v1.ServiceAccount {
        return new k8s.core.v1.ServiceAccount(
            this.childName("service-account"),
            { metadata: this.metadata(), automountServiceAccountToken: false },
            this.inNamespace,
        );
    }

    private createNetworkPolicy(paths: NetworkPath[]): k8s.networking.v1.NetworkPolicy {
        return new k8s.networking.v1.NetworkPolicy(
            this.childName("network-policy"),
            { metadata: this.metadata(), spec: networkPolicySpec(this.args.spec.name, paths) },
            this.inNamespace,
        );
    }

    private syncCredentials(): pulumi.Resource {
        const { name, credentials } = this.args.spec;
        const fields = Object.entries(credentials.fields).map(([key, field]) => [key, { of: credentials.of, field }]);
        return this.args.externalSecrets.sync(name, {
            name: credentialsSecret(name),
            fields: Object.fromEntries(fields),
        });
    }

    private createFiles(): k8s.core.v1.ConfigMap[] {
        const { name, files } = this.args.spec;
        return Object.entries(files).map(
            ([folder, data]) =>
                new k8s.core.v1.ConfigMap(
                    this.childName(folder.slice(1)),
                    { metadata: this.metadata(filesName(name, folder)), data },
                    this.inNamespace,
                ),
        );
    }

    private connect(paths: NetworkPath[]): pulumi.Resource[] {
        const { spec, cluster, network, store, dependsOn } = this.args;
        return connectPods(
            this.childName("security-group"),
            {
                ...{ platform: this.platform, physicalName: `${this.physicalIdentity}-${spec.name}` },
                ...{ service: spec.name, namespace: monitoringNamespace, port: spec.port },
                ...{ cluster, network, paths, dependsOn, dataStores: { [store.kind]: store.of } },
            },
            this.child,
        );
    }

    private createService(): k8s.core.v1.Service {
        const { name, port } = this.args.spec;
        return new k8s.core.v1.Service(
            this.childName("service"),
            {
                metadata: this.metadata(),
                spec: {
                    selector: podLabels(name),
                    ports: [{ name: "metrics", port, targetPort: port, protocol: "TCP" }],
                },
            },
            this.inNamespace,
        );
    }

    private createDeployment(dependsOn: pulumi.Resource[]): k8s.apps.v1.Deployment {
        const { spec } = this.args;
        const version = spec.credentials.of.versionId.apply((id) => fingerprint([id, spec.files]));
        return new k8s.apps.v1.Deployment(
            this.childName("deployment"),
            { metadata: this.metadata(), spec: exporterDeployment(spec, version) },
            { ...this.inNamespace, dependsOn },
        );
    }
}
