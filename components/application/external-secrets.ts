import type * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { SecretsCluster } from "../cluster";
import { Component, type ComponentArgs } from "../component";
import type { StoredSecret } from "../encryption";

export interface ExternalSecretsArgs extends ComponentArgs {
    cluster: SecretsCluster;
    /** The namespace that the secrets are brought into. */
    namespace: pulumi.Input<string>;
    /** What must exist before anything in the namespace. */
    dependsOn: pulumi.Resource[];
    /** Seconds between two looks at a secret. */
    refreshSeconds: number;
}

const storeName = "secrets-manager";

/** A Kubernetes Secret that is made of secrets of Secrets Manager. */
export interface SyncedSecret {
    /** The Kubernetes Secret's name. */
    name: pulumi.Input<string>;
    /** The fields that are read, by the name that the template or the Secret has for them. */
    fields: Record<string, { of: StoredSecret; field: string }>;
    /** What is made of the fields; left out, the Secret holds the fields themselves. */
    template?: Record<string, pulumi.Input<string>>;
}

/**
 * Secrets of Secrets Manager as Kubernetes Secrets of one namespace. The External Secrets operator fetches them in the
 * cluster, so that no secret passes through a manifest. It takes a role for this namespace alone, which may read these
 * secrets and no other.
 */
export class ExternalSecrets extends Component {
    /** The role that reads the secrets. */
    public readonly role: aws.iam.Role;

    private readonly args: ExternalSecretsArgs;
    private readonly store: k8s.apiextensions.CustomResource;
    private readonly grants = new Map<StoredSecret, aws.iam.RolePolicy>();

    constructor(name: string, args: ExternalSecretsArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:application:ExternalSecrets", name, args, options);
        this.args = args;
        this.role = args.cluster.secretReader(this.physicalIdentity);
        this.store = this.createStore();
        this.registerOutputs({});
    }

    /** Has a Kubernetes Secret made, and made anew whenever one of its sources changes. */
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
                        // Another version of a source is fetched at once, not only when the interval is over.
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
                        remoteRef: { key: of.arn, property: field },
                    })),
                },
            },
            { ...this.inCluster, dependsOn: [this.store, ...sources.map((source) => this.grant(source))] },
        );
    }

    private get inCluster(): pulumi.CustomResourceOptions {
        return { ...this.child, provider: this.args.cluster.kubernetes };
    }

    private createStore(): k8s.apiextensions.CustomResource {
        const { region } = this.awsContext;
        return new k8s.apiextensions.CustomResource(
            this.childName("store"),
            {
                apiVersion: "external-secrets.io/v1",
                kind: "SecretStore",
                metadata: { name: storeName, namespace: this.args.namespace },
                spec: { provider: { aws: { service: "SecretsManager", region, role: this.role.arn } } },
            },
            { ...this.inCluster, dependsOn: this.args.dependsOn },
        );
    }

    private grant(secret: StoredSecret): aws.iam.RolePolicy {
        const granted = this.grants.get(secret) ?? secret.grantRead({ name: "external-secrets", role: this.role });
        this.grants.set(secret, granted);
        return granted;
    }
}
