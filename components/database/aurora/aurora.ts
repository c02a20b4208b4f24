import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { nameLimits } from "../../naming";
import { transformed } from "../../transform";
import { clusterPasswordArgs, managedSecretArn } from "../credentials/managed-password";
import { DatabaseMonitoring } from "../monitoring/monitoring";
import type { PlannedReplica } from "../plan";
import { keptOfRestored, restoredClusterArgs } from "../restore/restore";
import { ServerGroup } from "../server-group";
import type { DatabaseServers, DatabaseServersArgs } from "../servers";
import { type ClusterDependencies, clusterArgs, serverArgs } from "./args";
import { AutoscaledReaders } from "./reader-autoscaling";

/**
 * An Aurora cluster: a writer and its readers over storage that they share. It has the name of the database that it serves,
 * and so have its children.
 */
export class DatabaseCluster extends ServerGroup implements DatabaseServers {
    public readonly primaryEndpoint: pulumi.Output<string>;
    public readonly primaryAddress: pulumi.Output<string>;
    public readonly readerEndpoint: pulumi.Output<string>;
    public readonly readerAddress: pulumi.Output<string>;
    public readonly replicaEndpoints: pulumi.Output<string>[];
    public readonly replicaAddresses: pulumi.Output<string>[];
    public readonly instanceId: pulumi.Output<string>;
    public readonly clusterIdentifier: pulumi.Output<string>;
    public readonly resourceId: pulumi.Output<string>;
    public readonly arn: pulumi.Output<string>;
    public readonly storageKeyArn: pulumi.Output<string>;
    public readonly managedSecretArn?: pulumi.Output<string>;

    constructor(name: string, args: DatabaseServersArgs, options?: pulumi.ComponentResourceOptions) {
        const transforms = ["cluster", "server", "clusterParameterGroup", "parameterGroup", "subnetGroup"] as const;
        super("plinth:database:DatabaseCluster", name, args, transforms, options);

        const monitoring = this.createMonitoring();
        const dependencies = {
            securityGroupId: args.securityGroupId,
            clusterParameterGroupName: this.createClusterParameterGroup().name,
            parameterGroupName: this.createParameterGroup().name,
            keyArn: args.keyArn,
            monitoringRoleArn: monitoring.roleArn,
        };
        const cluster = this.createCluster(dependencies, monitoring);
        // The first server of a cluster is its writer, so the readers wait for it.
        const writer = this.createServer({ part: "writer", zone: 0 }, 0, cluster, dependencies, [monitoring]);
        const readers = args.plan.replicas.map((reader, index) =>
            this.createServer(reader, index + 1, cluster, dependencies, [monitoring, writer]),
        );
        this.createAutoscaling(cluster, readers);

        const at = (host: pulumi.Output<string>) => pulumi.interpolate`${host}:${args.port}`;
        this.primaryEndpoint = at(cluster.endpoint);
        this.primaryAddress = cluster.endpoint;
        this.readerEndpoint = at(cluster.readerEndpoint);
        this.readerAddress = cluster.readerEndpoint;
        this.replicaEndpoints = readers.map((reader) => at(reader.endpoint));
        this.replicaAddresses = readers.length > 0 ? [cluster.readerEndpoint] : [];
        this.instanceId = writer.identifier;
        this.clusterIdentifier = cluster.clusterIdentifier;
        this.resourceId = cluster.clusterResourceId;
        this.arn = cluster.arn;
        this.storageKeyArn = cluster.kmsKeyId;
        if (!args.master.password) this.managedSecretArn = managedSecretArn(cluster);
        this.registerOutputs({
            primaryEndpoint: this.primaryEndpoint,
            readerEndpoint: this.readerEndpoint,
            replicaEndpoints: this.replicaEndpoints,
        });
    }

    private createMonitoring(): DatabaseMonitoring {
        const args = {
            ...this.args,
            ...this.shared,
            kind: "cluster" as const,
            identifiers: { cluster: this.identifierOf() },
        };
        return new DatabaseMonitoring(this.childName("monitoring"), args, this.child);
    }

    private createClusterParameterGroup(): aws.rds.ClusterParameterGroup {
        const { parameterFamily, clusterParameters } = this.args.plan;
        const args: aws.rds.ClusterParameterGroupArgs = {
            name: this.physicalName(nameLimits.parameterGroup, parameterFamily),
            family: parameterFamily,
            description: `Parameters for clusters of ${parameterFamily}`,
            parameters: clusterParameters,
            tags: this.tags(parameterFamily),
        };
        return new aws.rds.ClusterParameterGroup(
            this.childName("cluster-parameter-group"),
            transformed(this.args.transform?.clusterParameterGroup, args),
            this.child,
        );
    }

    private createCluster(dependencies: ClusterDependencies, monitoring: DatabaseMonitoring): aws.rds.Cluster {
        const { finalSnapshot, master, restored, transform } = this.args;
        const args: aws.rds.ClusterArgs = {
            ...clusterArgs(this.args, dependencies),
            clusterIdentifier: this.identifierOf(),
            ...clusterPasswordArgs(master, dependencies.keyArn),
            dbSubnetGroupName: this.createSubnetGroup().name,
            deletionProtection: this.platform.protect,
            finalSnapshotIdentifier: finalSnapshot ? this.physicalName(nameLimits.snapshot, "final") : undefined,
            tags: this.tags(),
            ...restoredClusterArgs(restored),
        };
        return new aws.rds.Cluster(this.childName("cluster"), transformed(transform?.cluster, args), {
            ...this.stateful,
            dependsOn: monitoring,
            ignoreChanges: keptOfRestored(restored),
        });
    }

    /** A cluster's protection keeps nobody from deleting its servers, so the writer has its own. */
    private createServer(
        { part, zone }: PlannedReplica,
        order: number,
        cluster: aws.rds.Cluster,
        dependencies: Parameters<typeof serverArgs>[2],
        after: pulumi.Resource[],
    ): aws.rds.ClusterInstance {
        const args: aws.rds.ClusterInstanceArgs = {
            ...serverArgs(this.args, order, dependencies),
            identifier: this.identifierOf(part),
            clusterIdentifier: cluster.clusterIdentifier,
            availabilityZone: this.args.network.availabilityZones[zone],
            tags: this.tags(part),
        };
        return new aws.rds.ClusterInstance(this.childName(part), transformed(this.args.transform?.server, args), {
            ...(order === 0 ? this.stateful : this.child),
            dependsOn: after,
        });
    }

    private createAutoscaling(cluster: aws.rds.Cluster, readers: aws.rds.ClusterInstance[]): void {
        const { readerAutoscaling } = this.args;
        if (!readerAutoscaling || readerAutoscaling.maximumReaders === readers.length) return;
        const args = {
            ...this.shared,
            ...readerAutoscaling,
            clusterIdentifier: cluster.clusterIdentifier,
            minimumReaders: readers.length,
        };
        new AutoscaledReaders(this.childName("autoscaled-readers"), args, { ...this.child, dependsOn: readers });
    }
}
