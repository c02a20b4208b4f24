import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { podSecurityLabels } from "../cluster/pod-security";
import { Component } from "../component";
import type { Database } from "../database";
import { EncryptionKey, type SecretValue, StoredSecret } from "../encryption";
import { transformed } from "../transform";
import type { ApplicationArgs } from "./args";
import { configuration } from "./configuration";
import { DatabasePreparation } from "./database-preparation";
import { ExternalSecrets } from "./external-secrets";
import { allowDns, denyAll } from "./namespace";
import type { ApplicationNodes } from "./nodes";
import { configMapName, fingerprint, secretNames, secretReaders } from "./plan";
import { SecretValues } from "./secret-values";
import { syncSecrets } from "./synced-secrets";

/**
 * The namespace that the workloads share, with its network policies, configuration and secrets, and a database that is
 * prepared for them. `ready` is what a service has to wait for.
 */
export class Application extends Component {
    /** The namespace's name. */
    public readonly namespace: pulumi.Output<string>;
    /** Name of the ConfigMap with the configuration that is not secret. */
    public readonly configMapName: string;
    /** Name of the Kubernetes Secret with the configuration that is secret; undefined where none is. */
    public readonly secretConfigurationName: string | undefined;
    /** Names of the Kubernetes Secrets with the variables of services that are secret, by service. */
    public readonly environmentSecrets: Readonly<Record<string, string>>;
    /** The names of the Kubernetes Secrets; undefined for what the platform does not have. */
    public readonly secretNames: { database?: string; cache?: string; application: string };
    /** The only role that may read the Secrets, and the group that has it. */
    public readonly secretReaders: { role: string; group: string };
    /** Name of the Job that migrates the database; undefined without one. */
    public readonly migrationJobName: string | undefined;
    /**
     * Changes whenever the configuration or a secret of Plinth changes. It is an annotation of the services' pods, so that
     * these are then replaced.
     */
    public readonly configurationVersion: pulumi.Output<string>;
    /** The Kubernetes Secrets with which images are pulled from private registries. */
    public readonly imagePullSecrets: readonly string[];
    /** What must have happened before a service rolls out: configuration and secrets are there, the database is migrated. */
    public readonly ready: pulumi.Resource[];
    /** The raw resources. */
    public readonly nodes: ApplicationNodes;

    private readonly args: ApplicationArgs;

    constructor(name: string, args: ApplicationArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:application:Application", name, args, options);
        this.args = args;

        // Not the output of the resource, which is unknown at preview until the cluster exists.
        this.namespace = pulumi.output(args.namespace);
        const namespace = this.createNamespace();
        const inNamespace = this.inNamespace(namespace);
        const networkPolicies = {
            "deny-all": this.createNetworkPolicy("deny-all", denyAll, inNamespace),
            "allow-dns": this.createNetworkPolicy("allow-dns", allowDns, inNamespace),
        };
        const variables = configuration(args);
        const configMap = this.createConfigMap(variables, inNamespace);
        const externalSecrets = this.createExternalSecrets(namespace);
        const key = this.createKey();
        const applicationSecret = this.storeApplicationSecret(key);
        const secrets = syncSecrets(externalSecrets, applicationSecret, args);
        const values = new SecretValues(
            this.childName("secret-values"),
            {
                ...this.shared,
                externalSecrets,
                keyArn: key.keyArn,
                recoveryWindowDays: args.secretRecoveryWindowDays,
                configuration: args.secretConfiguration ?? {},
                environments: args.secretEnvironments ?? {},
            },
            this.child,
        );
        const readers = this.createSecretReaders(values.secretNames, inNamespace);
        const before = [
            ...[namespace, ...Object.values(networkPolicies), configMap],
            ...Object.values(secrets).filter((secret) => secret !== undefined),
            ...values.synced,
            ...readers,
        ];
        const preparation =
            args.database && this.prepareDatabase(args.database, externalSecrets, values.configurationName, before);

        this.nodes = {
            ...{ namespace, networkPolicies, configMap, externalSecrets: secrets, key: key.nodes.key },
            secret: applicationSecret.secret.nodes.secret,
            secretReaderRole: externalSecrets.nodes.role,
            ...preparation?.nodes,
        };
        this.configMapName = configMapName;
        this.imagePullSecrets = args.imagePullSecrets;
        this.secretNames = {
            database: args.database && secretNames.database,
            cache: args.cache && secretNames.cache,
            application: secretNames.application,
        };
        this.secretConfigurationName = values.configurationName;
        this.environmentSecrets = values.environmentNames;
        this.secretReaders = secretReaders;
        this.migrationJobName = preparation?.migrationJobName;
        const versions = [
            args.database?.credentials.application,
            args.cache?.credentials,
            applicationSecret,
            values.stored,
        ];
        this.configurationVersion = pulumi
            .all([variables, pulumi.all(versions.map((value) => value?.versionId ?? ""))])
            .apply((parts) => fingerprint(parts));
        this.ready = [...before, ...(preparation?.ready ?? [])];
        this.registerOutputs({ namespace: this.namespace });
    }

    /** Options of a child in the namespace. */
    private inNamespace(namespace: k8s.core.v1.Namespace): pulumi.CustomResourceOptions {
        return { ...this.child, provider: this.args.cluster.kubernetes, dependsOn: [namespace] };
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
        inNamespace: pulumi.CustomResourceOptions,
    ): k8s.networking.v1.NetworkPolicy {
        return new k8s.networking.v1.NetworkPolicy(
            this.childName(name),
            { metadata: { name, namespace: this.namespace }, spec },
            inNamespace,
        );
    }

    private createConfigMap(
        data: Record<string, pulumi.Input<string>>,
        inNamespace: pulumi.CustomResourceOptions,
    ): k8s.core.v1.ConfigMap {
        return new k8s.core.v1.ConfigMap(
            this.childName("configuration"),
            { metadata: { name: configMapName, namespace: this.namespace }, data },
            inNamespace,
        );
    }

    private createExternalSecrets(namespace: k8s.core.v1.Namespace): ExternalSecrets {
        const { cluster, secretRefreshSeconds } = this.args;
        const args = { ...this.shared, cluster, namespace: this.namespace, refreshSeconds: secretRefreshSeconds };
        const dependsOn = [namespace];
        return new ExternalSecrets(this.childName("external-secrets"), { ...args, dependsOn }, this.child);
    }

    private createKey(): EncryptionKey {
        const args = {
            ...this.shared,
            purpose: `the secrets of the application ${this.displayName()}`,
            deletionWindowDays: this.args.keyDeletionWindowDays,
        };
        return new EncryptionKey(this.childName("encryption"), args, this.child);
    }

    /** The key that signs the application's tokens: generated, and kept in Secrets Manager like every other secret. */
    private storeApplicationSecret(key: EncryptionKey): SecretValue {
        const { secretRecoveryWindowDays, jwtSecretVersion } = this.args;
        const jwtSecret = new random.RandomPassword(
            this.childName("jwt-secret"),
            { length: 64, special: false, keepers: { version: String(jwtSecretVersion) } },
            this.child,
        );
        const secret = new StoredSecret(
            this.childName("secrets"),
            {
                ...this.shared,
                part: "secrets",
                description: `What the application ${this.displayName()} keeps secret`,
                keyArn: key.keyArn,
                recoveryWindowDays: secretRecoveryWindowDays,
            },
            this.child,
        );
        return secret.store({ jwtSecret: jwtSecret.result });
    }

    /** Pods need no permission to use a Secret, so only the people in one group may read them. */
    private createSecretReaders(
        further: readonly string[],
        inNamespace: pulumi.CustomResourceOptions,
    ): pulumi.Resource[] {
        const metadata = { name: secretReaders.role, namespace: this.namespace };
        const role = new k8s.rbac.v1.Role(
            this.childName("secret-readers"),
            {
                metadata,
                rules: [
                    {
                        apiGroups: [""],
                        resources: ["secrets"],
                        resourceNames: [...Object.values(secretNames), ...further],
                        verbs: ["get"],
                    },
                ],
            },
            inNamespace,
        );
        const binding = new k8s.rbac.v1.RoleBinding(
            this.childName("secret-readers"),
            {
                metadata,
                roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: secretReaders.role },
                subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: secretReaders.group }],
            },
            { ...inNamespace, dependsOn: [role] },
        );
        return [role, binding];
    }

    private prepareDatabase(
        database: Database,
        externalSecrets: ExternalSecrets,
        secretConfigurationName: string | undefined,
        dependsOn: pulumi.Resource[],
    ): DatabasePreparation {
        const { cluster, network, databaseClientImage, monitoringUser, migration, imagePullSecrets, transform } =
            this.args;
        return new DatabasePreparation(
            this.childName("database"),
            {
                ...this.shared,
                ...{ cluster, network, database, externalSecrets, namespace: this.namespace, dependsOn },
                ...{
                    databaseClientImage,
                    monitoringUser,
                    migration,
                    imagePullSecrets,
                    transform,
                    secretConfigurationName,
                },
            },
            this.child,
        );
    }
}
