import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { WorkloadCluster } from "../cluster";
import { Component, type ComponentArgs } from "../component";
import type { Database } from "../database";
import type { SecretValue } from "../encryption";
import { portsOf, type WorkloadNetwork } from "../kubernetes/dependencies";
import { type NetworkPath, networkPaths } from "../kubernetes/network-path";
import { networkPolicySpec } from "../kubernetes/network-policy";
import { connectPods } from "../kubernetes/pod-security-group";
import { type Transform, transformed } from "../transform";
import { type DatabaseJob, jobAnnotations, jobSpec, jobTimeout, labels } from "./database-job";
import type { ExternalSecrets } from "./external-secrets";
import { migrationJob, migrationName } from "./migration";
import type { DatabasePreparationNodes } from "./nodes";
import { databaseJobs, fingerprint } from "./plan";
import { authoritiesData, roleFields, roleScripts, rolesJob } from "./roles-job";
import type { ApplicationSpec, MigrationSpec } from "./spec";

export interface DatabasePreparationArgs
    extends ComponentArgs,
        Pick<ApplicationSpec, "databaseClientImage" | "migration" | "imagePullSecrets"> {
    /** The Kubernetes Secret with the configuration that is secret; undefined where none is. */
    secretConfigurationName?: string | undefined;
    cluster: WorkloadCluster;
    network: WorkloadNetwork;
    database: Database;
    externalSecrets: ExternalSecrets;
    /** The namespace that the Jobs run in. */
    namespace: pulumi.Output<string>;
    /** The credentials of the user who monitors the database; undefined where there is none. */
    monitoringUser?: SecretValue;
    /** What must exist before the first Job. */
    dependsOn: pulumi.Resource[];
    transform?: { makeRoles?: Transform<k8s.batch.v1.JobArgs>; migrate?: Transform<k8s.batch.v1.JobArgs> };
}

const scriptsName = "make-roles";
const authoritiesName = "database-authorities";

/**
 * Prepares a database for the services: a Job that creates its users, then one that migrates it. Pulumi waits for
 * each to complete; where one fails, nothing that depends on it is changed.
 */
export class DatabasePreparation extends Component {
    /** What must have happened before a service rolls out. */
    public readonly ready: pulumi.Resource[];
    /** The name of the Job that migrates; undefined without a migration. */
    public readonly migrationJobName: string | undefined;
    /** The raw resources. */
    public readonly nodes: DatabasePreparationNodes;

    private readonly args: DatabasePreparationArgs;

    constructor(name: string, args: DatabasePreparationArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:application:DatabasePreparation", name, args, options);
        this.args = args;

        const paths = this.paths();
        const dependencies = [
            ...args.dependsOn,
            this.createServiceAccount(),
            this.createNetworkPolicy(paths),
            ...this.connectToDatabase(paths),
        ];
        const makeRoles = this.createRolesJob(dependencies);
        const migration = args.migration && this.createMigration(args.migration, [...dependencies, makeRoles]);
        this.migrationJobName = args.migration && migrationName(args.migration);
        this.ready = migration ? [makeRoles, migration.migrate] : [makeRoles];
        this.nodes = { makeRoles, ...migration };
        this.registerOutputs({});
    }

    private get inNamespace(): pulumi.CustomResourceOptions {
        return { ...this.child, provider: this.args.cluster.kubernetes, dependsOn: this.args.dependsOn };
    }

    private createServiceAccount(): k8s.core.v1.ServiceAccount {
        return new k8s.core.v1.ServiceAccount(
            this.childName("service-account"),
            {
                metadata: { name: databaseJobs, namespace: this.args.namespace },
                automountServiceAccountToken: false,
            },
            this.inNamespace,
        );
    }

    /** The connections that the Jobs need: to the server itself, and no others. */
    private paths(): NetworkPath[] {
        const { network, database } = this.args;
        const queues = { send: [], consume: [] };
        const reaches = { database: true, cache: false, queues, services: [], internet: false };
        const dependencies = { cidrs: network.cidrs, exposed: false, callers: [], called: [] };
        return networkPaths(
            { port: undefined, reaches, identity: false },
            { ...dependencies, dataPorts: { database: portsOf(database.server) } },
        );
    }

    private createNetworkPolicy(paths: NetworkPath[]): k8s.networking.v1.NetworkPolicy {
        return new k8s.networking.v1.NetworkPolicy(
            this.childName("network-policy"),
            {
                metadata: { name: databaseJobs, namespace: this.args.namespace },
                spec: networkPolicySpec(databaseJobs, paths),
            },
            this.inNamespace,
        );
    }

    private connectToDatabase(paths: NetworkPath[]): pulumi.Resource[] {
        const { cluster, network, database, namespace, dependsOn } = this.args;
        return connectPods(
            this.childName("security-group"),
            {
                ...this.shared,
                physicalName: `${this.physicalIdentity}-jobs`,
                ...{ service: databaseJobs, namespace, cluster, network, paths, dependsOn },
                dataStores: { database: database.server },
            },
            this.child,
        );
    }

    private createConfigMap(part: string, name: string, data: Record<string, string>): k8s.core.v1.ConfigMap {
        const { namespace } = this.args;
        return new k8s.core.v1.ConfigMap(
            this.childName(part),
            { metadata: { name, namespace }, data },
            this.inNamespace,
        );
    }

    /**
     * The Job reads a Secret whose name changes with the credentials, so that it never starts with old ones: its
     * pod waits until the Secret of that name exists.
     */
    private createRolesJob(dependsOn: pulumi.Resource[]): k8s.batch.v1.Job {
        const { database, databaseClientImage: image, monitoringUser, externalSecrets, transform } = this.args;
        const scripts = roleScripts(database.engine);
        const { master, ...others } = database.credentials;
        if (!master) throw new Error("the master's password is kept by RDS, where the Job can't read it");
        const credentials = { master, ...others, ...(monitoringUser && { monitoring: monitoringUser }) };
        const versions = Object.values(credentials).map(({ versionId }) => versionId);
        const secret = pulumi.all(versions).apply((ids) => `make-roles-${fingerprint(ids)}`);
        const synced = externalSecrets.sync("make-roles", { name: secret, fields: roleFields(credentials) });
        const files = [this.createConfigMap("make-roles-scripts", scriptsName, scripts)];
        const verified = database.authorities !== undefined;
        if (verified) {
            files.push(this.createConfigMap("authorities", authoritiesName, authoritiesData(database.authorities)));
        }
        const job = rolesJob({
            ...{ database, image, secret, scripts: scriptsName },
            authorities: verified ? authoritiesName : undefined,
            monitoring: monitoringUser !== undefined,
        });
        const name = `make-roles-${fingerprint({ image, scripts, authorities: database.authorities })}`;
        return this.createJob(job, name, transform?.makeRoles, [...dependsOn, synced, ...files]);
    }

    private createMigration(
        migration: MigrationSpec,
        dependsOn: pulumi.Resource[],
    ): Required<Pick<DatabasePreparationNodes, "migrate" | "adHocMigration">> {
        const { database, transform, secretConfigurationName } = this.args;
        const job = migrationJob(migration, database.proxyEndpoint && database, secretConfigurationName);
        const migrate = this.createJob(job, migrationName(migration), transform?.migrate, dependsOn);
        return { migrate, adHocMigration: this.createTemplate(job, dependsOn) };
    }

    private createJob(
        job: DatabaseJob,
        name: string,
        transform: Transform<k8s.batch.v1.JobArgs> | undefined,
        dependsOn: pulumi.Resource[],
    ): k8s.batch.v1.Job {
        const timeout = jobTimeout(job.timeoutSeconds);
        const args: k8s.batch.v1.JobArgs = {
            metadata: { name, namespace: this.args.namespace, labels: labels(job.name), annotations: jobAnnotations },
            spec: jobSpec(job, this.args.imagePullSecrets),
        };
        return new k8s.batch.v1.Job(this.childName(job.name), transformed(transform, args), {
            ...this.inNamespace,
            dependsOn,
            customTimeouts: { create: timeout, update: timeout },
        });
    }

    /** A template for `kubectl create job --from`: it is suspended and never runs by itself. */
    private createTemplate(job: DatabaseJob, dependsOn: pulumi.Resource[]): k8s.batch.v1.CronJob {
        return new k8s.batch.v1.CronJob(
            this.childName("ad-hoc-migration"),
            {
                metadata: { name: "ad-hoc-migration", namespace: this.args.namespace, labels: labels(job.name) },
                spec: {
                    suspend: true,
                    // A schedule is required, although a suspended CronJob does not use it.
                    schedule: "0 0 1 1 *",
                    concurrencyPolicy: "Forbid",
                    jobTemplate: { spec: jobSpec(job, this.args.imagePullSecrets) },
                },
            },
            { ...this.inNamespace, dependsOn },
        );
    }
}
