import type * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { SecretsCluster } from "../cluster";
import { Component, type ComponentArgs } from "../component";
import type { SecretValue } from "../encryption";

export interface ExternalSecretsArgs extends ComponentArgs {
    cluster: SecretsCluster;
    /** The namespace that the secrets are brought into. */
    namespace: pulumi.Input<string>;
    /** What must exist before anything in the namespace. */
    dependsOn: pulumi.Resource[];
    /**
     * Names the right to read in the components whose secrets are read: one name for each namespace.
     * @default external-secrets
     */
    reader?: string;
    /** Seconds between two reads of a secret. */
    refreshSeconds: number;
}

const storeName = "secrets-manager";

/** A Kubernetes Secret that is made of secrets of Secrets Manager. */
export interface SyncedSecret {
    /** The Kubernetes Secret's name. */
    name: pulumi.Input<string>;
    /** The fields that are read, by the name that the template or the Secret has for them. */
    fields: Record<string, { of: SecretValue; field: string }>;
    /** Templates over the fields; if left out, the Secret holds the fields themselves. */
    template?: Record<string, pulumi.Input<string>>;
}

/**
 * Secrets of Secrets Manager as Kubernetes Secrets of one namespace. The External Secrets operator fetches them in the
 * cluster, so that no secret passes through a manifest. It assumes a role for this namespace only, which may read these
 * secrets and no others.
 */
export class ExternalSecrets extends Component {
    /** The raw resources: the role that reads the secrets, and the SecretStore. */
    public readonly nodes: { role: aws.iam.Role; store: k8s.apiextensions.CustomResource };

    private readonly args: ExternalSecretsArgs;
    private readonly grants = new Map<SecretValue, aws.iam.RolePolicy>();

    constructor(name: string, args: ExternalSecretsArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:application:ExternalSecrets", name, args, options);
        this.args = args;
        const role = args.cluster.secretReader(this.physicalIdentity);
        this.nodes = { role, store: this.createStore(role) };
        this.registerOutputs({});
    }

    /** Creates a Kubernetes Secret that is updated whenever one of its sources changes. */
    sync(part: string, secret: SyncedSecret): k8s.apiextensions.CustomResource {
        const sources = [...new Set(Object.values(secret.fields).map(({ of }) => of))];
        return new k8s.apiextensions.CustomResource(
            this.childName(part),
            {
                apiVersion: "external-secrets.io/v1",
                kind: "ExternalSecret",
                metadata: {
                    name: secret.name,
                    namespace: this.args.namespace,
                    annotations: {
                        // A new version of a source is fetched immediately, not only after the interval.
                        "force-sync": pulumi
                            .all(sources.map(({ versionId }) => versionId))
                            .apply((ids) => ids.join(".")),
                        "pulumi.com/waitFor": "condition=Ready",
                    },
                },
                spec: {
                    refreshInterval: `${this.args.refreshSeconds}s`,
                    secretStoreRef: { kind: "SecretStore", name: storeName },
                    target: {
                        name: secret.name,
                        creationPolicy: "Owner",
                        ...(secret.template && { template: { engineVersion: "v2", data: secret.template } }),
                    },
                    data: Object.entries(secret.fields).map(([secretKey, { of, field }]) => ({
                        secretKey,
                        remoteRef: { key: of.secret.arn, property: field },
                    })),
                },
            },
            { ...this.inCluster, dependsOn: [this.nodes.store, ...sources.map((source) => this.grant(source))] },
        );
    }

    private get inCluster(): pulumi.CustomResourceOptions {
        return { ...this.child, provider: this.args.cluster.kubernetes };
    }

    private createStore(role: aws.iam.Role): k8s.apiextensions.CustomResource {
        const { region } = this.awsContext;
        return new k8s.apiextensions.CustomResource(
            this.childName("store"),
            {
                apiVersion: "external-secrets.io/v1",
                kind: "SecretStore",
                metadata: { name: storeName, namespace: this.args.namespace },
                spec: { provider: { aws: { service: "SecretsManager", region, role: role.arn } } },
            },
            { ...this.inCluster, dependsOn: this.args.dependsOn },
        );
    }

    private grant(source: SecretValue): aws.iam.RolePolicy {
        const granted =
            this.grants.get(source) ??
            source.secret.grantRead({ name: this.args.reader ?? "external-secrets", role: this.nodes.role });
        this.grants.set(source, granted);
        return granted;
    }
}
