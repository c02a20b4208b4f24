import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { Cache } from "../cache";
import type { SecretsCluster } from "../cluster";
import { podSecurityLabels } from "../cluster/pod-security";
import { Component, type ComponentArgs } from "../component";
import type { Database } from "../database";
import { EncryptionKey, StoredSecret } from "../encryption";
import type { WorkloadNetwork } from "../kubernetes/dependencies";
import type { Queue } from "../queue";
import { type Transform, transformed } from "../transform";
import { DatabasePreparation } from "./database-preparation";
import { ExternalSecrets } from "./external-secrets";
import { allowDns, denyAll } from "./namespace";
import { configMapName, fingerprint, queueVariables, secretNames, secretReaders } from "./plan";
import {
    cacheFields,
    cacheTemplate,
    databaseFields,
    databaseTemplate,
    databaseUrl,
    proxyTemplate,
} from "./secret-templates";
import type { ApplicationSpec } from "./spec";

export interface ApplicationArgs extends ApplicationSpec, ComponentArgs {
    cluster: SecretsCluster;
    /** The cluster's version, such as `1.35`: whose rules of Pod Security hold. */
    kubernetesVersion: string;
    /** The region that services are told of. */
    region: string;
    network: WorkloadNetwork;
    /** Undefined for a platform without a database. */
    database?: Database;
    /** Undefined for a platform without a cache. */
    cache?: Cache;
    /** Queues by name. */
    queues: Record<string, Queue>;
    /** Last word on any child's arguments. A change here is yours to answer for; the policy pack still judges it. */
    transform?: {
        namespace?: Transform<k8s.core.v1.NamespaceArgs>;
        makeRoles?: Transform<k8s.batch.v1.JobArgs>;
        migrate?: Transform<k8s.batch.v1.JobArgs>;
    };
}

/**
 * The namespace that the workloads share, and what they share in it: its rules, configuration and secrets, and a database
 * that is ready for them. `ready` is what a service has to wait for.
 */
export class Application extends Component {
    /** The namespace's name. */
    public readonly namespace: pulumi.Output<string>;
    /** The ConfigMap with what is no secret. */
    public readonly configMapName: string;
    /** The Kubernetes Secrets; undefined for what the platform has not. */
    public readonly secretNames: { database?: string; cache?: string; application: string };
    /** The one role that may look into the Secrets, and the group that has it. */
    public readonly secretReaders: { role: string; group: string };
    /** The Job that migrates the database; undefined without one. */
    public readonly migrationJobName: string | undefined;
    /**
     * Another text whenever the configuration or a secret that Plinth made has changed. Services have it as an annotation
     * of their pods, which are then made anew.
     */
    public readonly configurationVersion: pulumi.Output<string>;
    /** What must have happened before a service rolls out: configuration and secrets are there, the database is migrated. */
    public readonly ready: pulumi.Resource[];

    private readonly args: ApplicationArgs;
    private readonly namespaceObject: k8s.core.v1.Namespace;

    constructor(name: string, args: ApplicationArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:application:Application", name, args, options);
        this.args = args;

        // Not what the resource says of itself: nothing in the cluster is known before the cluster is.
        this.namespace = pulumi.output(args.namespace);
        this.namespaceObject = this.createNamespace();
        const networkPolicies = [
            this.createNetworkPolicy("deny-all", denyAll),
            this.createNetworkPolicy("allow-dns", allowDns),
        ];
        const configuration = this.configuration();
        const configMap = this.createConfigMap(configuration);
        const externalSecrets = this.createExternalSecrets();
        const applicationSecret = this.storeApplicationSecret();
        const secrets = this.syncSecrets(externalSecrets, applicationSecret);
        const readers = this.createSecretReaders();
        const before = [this.namespaceObject, ...networkPolicies, configMap, ...secrets, ...readers];
        const preparation = args.database && this.prepareDatabase(args.database, externalSecrets, before);

        this.configMapName = configMapName;
        this.secretNames = {
            database: args.database && secretNames.database,
            cache: args.cache && secretNames.cache,
            application: secretNames.application,
        };
        this.secretReaders = secretReaders;
        this.migrationJobName = preparation?.migrationJobName;
        const versions = [args.database?.credentials.application, args.cache?.credentials, applicationSecret];
        this.configurationVersion = pulumi
            .all([configuration, pulumi.all(versions.map((secret) => secret?.versionId ?? ""))])
            .apply((parts) => fingerprint(parts));
        this.ready = [...before, ...(preparation?.ready ?? [])];
        this.registerOutputs({ namespace: this.namespace });
    }

    /** Options of a child in the namespace. */
    private get inNamespace(): pulumi.CustomResourceOptions {
        return { ...this.child, provider: this.args.cluster.kubernetes, dependsOn: [this.namespaceObject] };
    }

    private createNamespace(): k8s.core.v1.Namespace {
        const { namespace, kubernetesVersion, transform, cluster } = this.args;
        const args: k8s.core.v1.NamespaceArgs = {
            metadata: { name: namespace, labels: podSecurityLabels(kubernetesVersion) },
        };
        return new k8s.core.v1.Namespace(this.childName("namespace"), transformed(transform?.namespace, args), {
            ...this.child,
            provider: cluster.kubernetes,
            dependsOn: cluster.ready,
        });
    }

    private createNetworkPolicy(
        name: string,
        spec: k8s.types.input.networking.v1.NetworkPolicySpec,
    ): k8s.networking.v1.NetworkPolicy {
        return new k8s.networking.v1.NetworkPolicy(
            this.childName(name),
            { metadata: { name, namespace: this.namespace }, spec },
            this.inNamespace,
        );
    }

    private createConfigMap(data: Record<string, pulumi.Input<string>>): k8s.core.v1.ConfigMap {
        return new k8s.core.v1.ConfigMap(
            this.childName("configuration"),
            { metadata: { name: configMapName, namespace: this.namespace }, data },
            this.inNamespace,
        );
    }

    /** What is no secret, as variables. */
    private configuration(): Record<string, pulumi.Input<string>> {
        const { region, database, cache, queues, configuration } = this.args;
        const { REDIS_PASSWORD: _, REDIS_URL: __, ...redis } = cache?.containerEnvironment ?? {};
        const queueUrls = queueVariables(Object.keys(queues)).map(([variable, queue]) => [
            variable,
            queues[queue]?.queueUrl,
        ]);
        return {
            AWS_REGION: region,
            ...Object.fromEntries(queueUrls),
            ...(database && {
                DATABASE_HOST: database.clientEndpoints.writer.host,
                DATABASE_READER_HOST: database.clientEndpoints.reader.host,
                DATABASE_PORT: String(database.clientEndpoints.writer.port),
                // Read replicas are reached past a proxy, whose port may be another.
                ...(database.proxyEndpoint && {
                    DATABASE_READER_PORT: String(database.clientEndpoints.reader.port),
                }),
                DATABASE_NAME: database.databaseName,
            }),
            ...redis,
            ...configuration,
        };
    }

    private createExternalSecrets(): ExternalSecrets {
        const { cluster, secretRefreshSeconds } = this.args;
        const args = { ...this.shared, cluster, namespace: this.namespace, refreshSeconds: secretRefreshSeconds };
        const dependsOn = [this.namespaceObject];
        return new ExternalSecrets(this.childName("external-secrets"), { ...args, dependsOn }, this.child);
    }

    /** What signs the application's tokens: generated, and kept in Secrets Manager like every other secret. */
    private storeApplicationSecret(): StoredSecret {
        const { keyDeletionWindowDays, secretRecoveryWindowDays, jwtSecretVersion } = this.args;
        const key = new EncryptionKey(
            this.childName("encryption"),
            {
                ...this.shared,
                purpose: `the secrets of the application ${this.displayName()}`,
                deletionWindowDays: keyDeletionWindowDays,
            },
            this.child,
        );
        const jwtSecret = new random.RandomPassword(
            this.childName("jwt-secret"),
            { length: 64, special: false, keepers: { version: String(jwtSecretVersion) } },
            this.child,
        );
        return new StoredSecret(
            this.childName("secrets"),
            {
                ...this.shared,
                part: "secrets",
                description: `What the application ${this.displayName()} keeps secret`,
                keyArn: key.keyArn,
                recoveryWindowDays: secretRecoveryWindowDays,
                value: { jwtSecret: jwtSecret.result },
            },
            this.child,
        );
    }

    private syncSecrets(externalSecrets: ExternalSecrets, application: StoredSecret): pulumi.Resource[] {
        const { database, cache } = this.args;
        const fields = (of: StoredSecret, names: readonly string[]) =>
            Object.fromEntries(names.map((field) => [field, { of, field }]));
        const synced: pulumi.Resource[] = [
            externalSecrets.sync("application-secret", {
                name: secretNames.application,
                fields: { JWT_SECRET: { of: application, field: "jwtSecret" } },
            }),
        ];
        if (database) {
            const { engine, clientEndpoints } = database;
            const { writer, reader } = clientEndpoints;
            const readerUrl = reader.host.apply((host) => databaseUrl(engine, `${host}:${reader.port}`));
            synced.push(
                externalSecrets.sync("database-secret", {
                    name: secretNames.database,
                    fields: fields(database.credentials.application, databaseFields),
                    template: {
                        ...databaseTemplate(engine),
                        ...(database.proxyEndpoint && proxyTemplate(engine, writer)),
                        DATABASE_READER_URL: readerUrl,
                    },
                }),
            );
        }
        if (cache) {
            const hasUser = cache.userName !== undefined;
            synced.push(
                externalSecrets.sync("cache-secret", {
                    name: secretNames.cache,
                    fields: fields(cache.credentials, cacheFields(hasUser)),
                    template: cacheTemplate(hasUser),
                }),
            );
        }
        return synced;
    }

    /** Pods need no right to be given a Secret, so nobody has one but the people in a group of their own. */
    private createSecretReaders(): pulumi.Resource[] {
        const metadata = { name: secretReaders.role, namespace: this.namespace };
        const role = new k8s.rbac.v1.Role(
            this.childName("secret-readers"),
            {
                metadata,
                rules: [
                    {
                        apiGroups: [""],
                        resources: ["secrets"],
                        resourceNames: Object.values(secretNames),
                        verbs: ["get"],
                    },
                ],
            },
            this.inNamespace,
        );
        const binding = new k8s.rbac.v1.RoleBinding(
            this.childName("secret-readers"),
            {
                metadata,
                roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: secretReaders.role },
                subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: secretReaders.group }],
            },
            { ...this.inNamespace, dependsOn: [role] },
        );
        return [role, binding];
    }

    private prepareDatabase(
        database: Database,
        externalSecrets: ExternalSecrets,
        dependsOn: pulumi.Resource[],
    ): DatabasePreparation {
        const { cluster, network, databaseClientImage, databaseAuthorities, migration, transform } = this.args;
        return new DatabasePreparation(
            this.childName("database"),
            {
                ...this.shared,
                ...{ cluster, network, database, externalSecrets, namespace: this.namespace, dependsOn },
                ...{ databaseClientImage, databaseAuthorities, migration, transform },
            },
            this.child,
        );
    }
}
