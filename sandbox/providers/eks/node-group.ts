import { LaunchTemplate } from "@pulumi/aws/ec2";
import { NodeGroup } from "@pulumi/aws/eks";
import type { Role } from "@pulumi/aws/iam";
import type { ManagedNodeGroupArgs } from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { type Emulated, refuse, refuseUnknown } from "../component-server";
import { amiTypeOf } from "./ami-type";
import { coreOf } from "./reference";

const OWN_USER_DATA = "it writes user data for an image; give a launchTemplate that has both";

const INPUTS: Emulated<ManagedNodeGroupArgs> = {
    amiId: OWN_USER_DATA,
    amiType: true,
    bootstrapExtraArgs: OWN_USER_DATA,
    bottlerocketSettings: OWN_USER_DATA,
    capacityType: true,
    cluster: true,
    clusterName: true,
    diskSize: true,
    enableEfaSupport: "placement groups and network interfaces of EFA; give a launchTemplate that has them",
    enableIMDSv2: true,
    forceUpdateVersion: true,
    gpu: "choose the image by amiType",
    ignoreScalingChanges: true,
    instanceTypes: true,
    kubeletExtraArgs: OWN_USER_DATA,
    labels: true,
    launchTemplate: true,
    nodeGroupName: true,
    nodeGroupNamePrefix: true,
    nodeRole: true,
    nodeRoleArn: true,
    nodeadmExtraOptions: OWN_USER_DATA,
    operatingSystem: true,
    placementGroupAvailabilityZone: "it is for enableEfaSupport",
    releaseVersion: true,
    remoteAccess: true,
    scalingConfig: true,
    subnetIds: true,
    tags: true,
    taints: true,
    userData: OWN_USER_DATA,
    version: true,
};

/** The emulated eks.ManagedNodeGroup. */
export class ManagedNodeGroup extends pulumi.ComponentResource {
    readonly nodeGroup: NodeGroup;

    constructor(name: string, args: ManagedNodeGroupArgs, options: pulumi.ComponentResourceOptions) {
        refuseUnknown("eks.ManagedNodeGroup", INPUTS, args);
        if (args.nodeRole && args.nodeRoleArn) refuse("nodeRole", "one of nodeRole and nodeRoleArn can be given");
        if (!args.nodeRole && !args.nodeRoleArn) refuse("nodeRole", "nodeRole or nodeRoleArn must be given");
        if (args.launchTemplate && args.enableIMDSv2 !== undefined)
            refuse("launchTemplate", "enableIMDSv2 belongs in the launch template that is given");
        super("eks:index:ManagedNodeGroup", name, {}, options);
        const core = coreOf(args.cluster);
        const template = args.enableIMDSv2 === undefined ? undefined : this.launchTemplate(name, args);
        const { cluster, enableIMDSv2, ignoreScalingChanges, operatingSystem, nodeRole, diskSize, ...given } = args;
        this.nodeGroup = new NodeGroup(
            name,
            {
                ...given,
                diskSize: template ? undefined : diskSize,
                amiType: args.amiType ?? (operatingSystem && amiTypeOf(operatingSystem, args.instanceTypes)),
                clusterName: args.clusterName ?? core.apply((known) => known.cluster.name),
                nodeRoleArn:
                    args.nodeRoleArn ?? (pulumi.output(nodeRole) as pulumi.Output<Role>).apply(({ arn }) => arn),
                scalingConfig: pulumi
                    .output(args.scalingConfig)
                    .apply((scaling) => ({ desiredSize: 2, minSize: 1, maxSize: 2, ...scaling })),
                subnetIds: args.subnetIds ?? core.apply(({ subnetIds }) => subnetIds),
                // With a launch template, its image decides the version.
                version:
                    args.version ?? (args.launchTemplate ? undefined : core.apply((known) => known.cluster.version)),
                launchTemplate: template
                    ? { id: template.id, version: template.latestVersion.apply(String) }
                    : args.launchTemplate,
            },
            { parent: this, ignoreChanges: ignoreScalingChanges ? ["scalingConfig.desiredSize"] : undefined },
        );
        this.registerOutputs({ nodeGroup: this.nodeGroup });
    }

    private launchTemplate(name: string, args: ManagedNodeGroupArgs): LaunchTemplate {
        const image = pulumi.all([args.amiType, args.operatingSystem]).apply((texts) => texts.join(" "));
        const deviceName = image.apply((text) => (/bottlerocket/i.test(text) ? "/dev/xvdb" : "/dev/xvda"));
        return new LaunchTemplate(
            `${name}-launchTemplate`,
            {
                blockDeviceMappings: args.diskSize ? [{ deviceName, ebs: { volumeSize: args.diskSize } }] : undefined,
                metadataOptions: {
                    httpTokens: args.enableIMDSv2 ? "required" : "optional",
                    httpPutResponseHopLimit: 2,
                    httpEndpoint: "enabled",
                },
            },
            { parent: this },
        );
    }
}
