import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Component } from "../component";
import { nameLimits } from "../naming";
import { transformed } from "../transform";
import { type InstanceSurroundings, primaryArgs, replicaArgs } from "./instance-args";
import { DatabaseMonitoring } from "./monitoring";
import type { PlannedReplica } from "./plan";
import type { DatabaseServers, DatabaseServersArgs } from "./servers";

/** A primary instance and its read replicas. It has the name of the database that it serves, and so have its children. */
export class DatabaseInstances extends Component implements DatabaseServers {
    public readonly primaryEndpoint: pulumi.Output<string>;
    public readonly primaryAddress: pulumi.Output<string>;
    public readonly readerEndpoint: pulumi.Output<string>;
    public readonly replicaEndpoints: pulumi.Output<string>[];
    public readonly replicaAddresses: pulumi.Output<string>[];
    public readonly instanceId: pulumi.Output<string>;
    public readonly resourceId: pulumi.Output<string>;

    private readonly args: DatabaseServersArgs;

    constructor(name: string, args: DatabaseServersArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:database:DatabaseInstances", name, args, options);
        this.args = args;
        const { replicas: planned } = args.plan;

        const subnetGroup = this.createSubnetGroup();
        const monitoring = this.createMonitoring(planned);
        const surroundings: InstanceSurroundings = {
            securityGroupId: args.securityGroupId,
            parameterGroupName: this.createParameterGroup().name,
            keyArn: args.keyArn,
            monitoringRoleArn: monitoring.roleArn,
        };
        const primary = this.createPrimary(subnetGroup, surroundings, monitoring);
        const replicas = planned.map((replica) => this.createReplica(replica, primary, surroundings, monitoring));

        this.primaryEndpoint = primary.endpoint;
        this.primaryAddress = primary.address;
        this.replicaEndpoints = replicas.map((replica) => replica.endpoint);
        this.replicaAddresses = replicas.map((replica) => replica.address);
        this.readerEndpoint = this.replicaEndpoints[0] ?? primary.endpoint;
        this.instanceId = primary.identifier;
        this.resourceId = primary.resourceId;
        this.registerOutputs({
            primaryEndpoint: this.primaryEndpoint,
            readerEndpoint: this.readerEndpoint,
            replicaEndpoints: this.replicaEndpoints,
        });
    }

    private createSubnetGroup(): aws.rds.SubnetGroup {
        const args: aws.rds.SubnetGroupArgs = {
            name: this.physicalName(nameLimits.subnetGroup),
            description: "Isolated subnets",
            subnetIds: this.args.network.isolatedSubnetIds,
            tags: this.tags(),
        };
        return new aws.rds.SubnetGroup(
            this.childName("subnet-group"),
            transformed(this.args.transform?.subnetGroup, args),
            this.child,
        );
    }

    private createParameterGroup(): aws.rds.ParameterGroup {
        const { parameterFamily, parameters } = this.args.plan;
        const args: aws.rds.ParameterGroupArgs = {
            name: this.physicalName(nameLimits.parameterGroup, parameterFamily),
            family: parameterFamily,
            description: `Parameters for ${parameterFamily}`,
            parameters,
            tags: this.tags(parameterFamily),
        };
        return new aws.rds.ParameterGroup(
            this.childName("parameter-group"),
            transformed(this.args.transform?.parameterGroup, args),
            this.child,
        );
    }

    private createMonitoring(replicas: PlannedReplica[]): DatabaseMonitoring {
        const parts = ["primary", ...replicas.map(({ part }) => part)];
        const args = {
            ...this.args,
            ...this.shared,
            instances: Object.fromEntries(parts.map((part) => [part, this.identifierOf(part)])),
        };
        return new DatabaseMonitoring(this.childName("monitoring"), args, this.child);
    }

    private identifierOf(part: string): string {
        return this.physicalName(nameLimits.databaseInstance, part === "primary" ? undefined : part);
    }

    private createPrimary(
        subnetGroup: aws.rds.SubnetGroup,
        surroundings: InstanceSurroundings,
        monitoring: DatabaseMonitoring,
    ): aws.rds.Instance {
        const { finalSnapshot, master, transform } = this.args;
        const args: aws.rds.InstanceArgs = {
            ...primaryArgs(this.args, surroundings),
            identifier: this.identifierOf("primary"),
            kmsKeyId: surroundings.keyArn,
            password: master.password.result,
            dbSubnetGroupName: subnetGroup.name,
            deletionProtection: this.platform.protect,
            finalSnapshotIdentifier: finalSnapshot ? this.physicalName(nameLimits.snapshot, "final") : undefined,
            tags: this.tags(),
        };
        return new aws.rds.Instance(this.childName("primary"), transformed(transform?.primary, args), {
            ...this.stateful,
            dependsOn: monitoring,
        });
    }

    private createReplica(
        { part, zone }: PlannedReplica,
        primary: aws.rds.Instance,
        surroundings: InstanceSurroundings,
        monitoring: DatabaseMonitoring,
    ): aws.rds.Instance {
        const args: aws.rds.InstanceArgs = {
            ...replicaArgs(this.args, surroundings),
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
