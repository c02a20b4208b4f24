import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { nameLimits } from "../../naming";
import { transformed } from "../../transform";
import { managedSecretArn, passwordArgs } from "../credentials/managed-password";
import { DatabaseMonitoring } from "../monitoring/monitoring";
import type { PlannedReplica } from "../plan";
import { keptOfRestored, restoredInstanceArgs } from "../restore/restore";
import { encryptedSnapshot } from "../restore/snapshot";
import { ServerGroup } from "../server-group";
import type { DatabaseServers, DatabaseServersArgs } from "../servers";
import { type InstanceDependencies, primaryArgs, replicaArgs } from "./args";

/** A primary instance and its read replicas. It has the name of the database that it serves, and so have its children. */
export class DatabaseInstances extends ServerGroup implements DatabaseServers {
    public readonly primaryEndpoint: pulumi.Output<string>;
    public readonly primaryAddress: pulumi.Output<string>;
    public readonly readerEndpoint: pulumi.Output<string>;
    public readonly readerAddress: pulumi.Output<string>;
    public readonly replicaEndpoints: pulumi.Output<string>[];
    public readonly replicaAddresses: pulumi.Output<string>[];
    public readonly instanceId: pulumi.Output<string>;
    public readonly resourceId: pulumi.Output<string>;
    public readonly arn: pulumi.Output<string>;
    public readonly storageKeyArn: pulumi.Output<string>;
    public readonly managedSecretArn?: pulumi.Output<string>;

    constructor(name: string, args: DatabaseServersArgs, options?: pulumi.ComponentResourceOptions) {
        const transforms = ["primary", "replica", "parameterGroup", "subnetGroup"] as const;
        super("plinth:database:DatabaseInstances", name, args, transforms, options);
        const { replicas: planned } = args.plan;

        const subnetGroup = this.createSubnetGroup();
        const monitoring = this.createMonitoring(planned);
        const dependencies: InstanceDependencies = {
            securityGroupId: args.securityGroupId,
            parameterGroupName: this.createParameterGroup().name,
            keyArn: args.keyArn,
            monitoringRoleArn: monitoring.roleArn,
        };
        const primary = this.createPrimary(subnetGroup, dependencies, monitoring);
        const replicas = planned.map((replica) => this.createReplica(replica, primary, dependencies, monitoring));

        this.primaryEndpoint = primary.endpoint;
        this.primaryAddress = primary.address;
        this.replicaEndpoints = replicas.map((replica) => replica.endpoint);
        this.replicaAddresses = replicas.map((replica) => replica.address);
        this.readerEndpoint = this.replicaEndpoints[0] ?? primary.endpoint;
        this.readerAddress = this.replicaAddresses[0] ?? primary.address;
        this.instanceId = primary.identifier;
        this.resourceId = primary.resourceId;
        this.arn = primary.arn;
        this.storageKeyArn = primary.kmsKeyId;
        if (!args.master.password) this.managedSecretArn = managedSecretArn(primary);
        this.registerOutputs({
            primaryEndpoint: this.primaryEndpoint,
            readerEndpoint: this.readerEndpoint,
            replicaEndpoints: this.replicaEndpoints,
        });
    }

    private createMonitoring(replicas: PlannedReplica[]): DatabaseMonitoring {
        const parts = ["primary", ...replicas.map(({ part }) => part)];
        const args = {
            ...this.args,
            ...this.shared,
            kind: "instance" as const,
            identifiers: Object.fromEntries(
                parts.map((part) => [part, this.identifierOf(part === "primary" ? undefined : part)]),
            ),
        };
        return new DatabaseMonitoring(this.childName("monitoring"), args, this.child);
    }

    private createPrimary(
        subnetGroup: aws.rds.SubnetGroup,
        dependencies: InstanceDependencies,
        monitoring: DatabaseMonitoring,
    ): aws.rds.Instance {
        const { finalSnapshot, master, restored, transform } = this.args;
        const snapshot = restored?.restoreFrom?.snapshot;
        const args: aws.rds.InstanceArgs = {
            ...primaryArgs(this.args, dependencies),
            identifier: this.identifierOf(),
            kmsKeyId: dependencies.keyArn,
            ...passwordArgs(master, dependencies.keyArn),
            dbSubnetGroupName: subnetGroup.name,
            deletionProtection: this.platform.protect,
            finalSnapshotIdentifier: finalSnapshot ? this.physicalName(nameLimits.snapshot, "final") : undefined,
            tags: this.tags(),
            ...restoredInstanceArgs(restored, snapshot && encryptedSnapshot(this.childName(), snapshot, this.child)),
        };
        return new aws.rds.Instance(this.childName("primary"), transformed(transform?.primary, args), {
            ...this.stateful,
            dependsOn: monitoring,
            ignoreChanges: keptOfRestored(restored),
        });
    }

    private createReplica(
        { part, zone }: PlannedReplica,
        primary: aws.rds.Instance,
        dependencies: InstanceDependencies,
        monitoring: DatabaseMonitoring,
    ): aws.rds.Instance {
        const args: aws.rds.InstanceArgs = {
            ...replicaArgs(this.args, dependencies),
            identifier: this.identifierOf(part),
            replicateSourceDb: primary.identifier,
            availabilityZone: this.args.network.availabilityZones[zone],
            tags: this.tags(part),
        };
        return new aws.rds.Instance(this.childName(part), transformed(this.args.transform?.replica, args), {
            ...this.child,
            dependsOn: monitoring,
        });
    }
}
