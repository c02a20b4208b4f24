import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../../component";
import type { ReaderAutoscaling } from "./spec";

/** Seconds between one change of the number of readers and the next in the same direction: what AWS does by itself. */
const cooldownSeconds = 300;

export interface AutoscaledReadersArgs extends ComponentArgs, ReaderAutoscaling {
    /** The cluster, which has a reader already. */
    clusterIdentifier: pulumi.Input<string>;
    /** The fewest readers: those that the cluster was made with. */
    minimumReaders: number;
}

/**
 * Readers of an Aurora cluster that come and go with the load. Application Auto Scaling makes and deletes them with its
 * service-linked role, and keeps two alarms for it.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html
 */
export class AutoscaledReaders extends Component {
    constructor(name: string, args: AutoscaledReadersArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:database:AutoscaledReaders", name, args, options);
        const target = new aws.appautoscaling.Target(
            this.childName("target"),
            {
                serviceNamespace: "rds",
                scalableDimension: "rds:cluster:ReadReplicaCount",
                resourceId: pulumi.interpolate`cluster:${args.clusterIdentifier}`,
                minCapacity: args.minimumReaders,
                maxCapacity: args.maximumReaders,
                tags: this.tags("readers"),
            },
            this.child,
        );
        new aws.appautoscaling.Policy(
            this.childName("policy"),
            {
                name: this.displayName("readers-cpu"),
                policyType: "TargetTrackingScaling",
                serviceNamespace: target.serviceNamespace,
                scalableDimension: target.scalableDimension,
                resourceId: target.resourceId,
                targetTrackingScalingPolicyConfiguration: {
                    predefinedMetricSpecification: { predefinedMetricType: "RDSReaderAverageCPUUtilization" },
                    targetValue: args.targetCpuPercent,
                    scaleInCooldown: cooldownSeconds,
                    scaleOutCooldown: cooldownSeconds,
                },
            },
            this.child,
        );
        this.registerOutputs({});
    }
}
