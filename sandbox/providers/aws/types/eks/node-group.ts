import { Inputs, type ResourceType, uuid } from "../../resource-type";
import { LAUNCH_TEMPLATE } from "../ec2/launch-template";
import { SUBNET } from "../ec2/network";
import { SECURITY_GROUP } from "../ec2/security-group";
import { ROLE } from "../iam/role";
import { instanceTypesOffered } from "../offered";
import { clusterVersion, nodeGroupConflicts, nodeGroupUpdateConflicts, templateOf } from "./node-group-conflict";
import { hasTemplate, nodeGroupRejections } from "./node-group-rule";
import { CLUSTER, NODE_GROUP } from "./token";

export const eksNodeGroups: Record<string, ResourceType> = {
    [NODE_GROUP]: {
        id: ({ inputs, hex }) => {
            const name = inputs.text("nodeGroupName") || `${inputs.text("nodeGroupNamePrefix")}${hex(26)}`;
            return `${inputs.text("clusterName")}:${name}`;
        },
        name: "nodeGroupName",
        within: "clusterName",
        exists: "ResourceInUseException",
        outputs: (made) => {
            const { id, inputs, region, partition, accountId, hex } = made;
            const suffix = uuid(hex);
            const [cluster, name] = id.split(":");
            const template = templateOf(made);
            const version = inputs.text("version") || clusterVersion(made);
            return {
                arn: `arn:${partition}:eks:${region}:${accountId}:nodegroup/${cluster}/${name}/${suffix}`,
                status: "ACTIVE",
                resources: [
                    { autoscalingGroups: [{ name: `eks-${name}-${suffix}` }], remoteAccessSecurityGroupId: "" },
                ],
                amiType: template.has("imageId") ? "CUSTOM" : "AL2023_x86_64_STANDARD",
                capacityType: "ON_DEMAND",
                diskSize: hasTemplate(inputs) ? 0 : 20,
                instanceTypes: template.has("instanceType") ? [] : ["t3.medium"],
                nodeGroupName: name ?? "",
                nodeGroupNamePrefix: inputs.text("nodeGroupNamePrefix"),
                version,
                releaseVersion: template.has("imageId") ? template.text("imageId") : `${version}.0-20261101`,
            };
        },
        updates: (update) =>
            update.inputs.text("version") === update.old.text("version")
                ? {}
                : { releaseVersion: `${update.inputs.text("version") || update.outputs.text("version")}.0-20261101` },
        refersTo: {
            clusterName: CLUSTER,
            subnetIds: SUBNET,
            nodeRoleArn: { type: ROLE, weak: true },
            // EC2 deletes a template although nodes were started from it.
            "launchTemplate.id": { type: LAUNCH_TEMPLATE, weak: true },
            "remoteAccess.sourceSecurityGroupIds": SECURITY_GROUP,
        },
        // The nodes' network interfaces are in these groups.
        uses: ({ inputs }, find) => {
            const given = new Inputs(inputs).block("launchTemplate");
            const template = new Inputs(find(LAUNCH_TEMPLATE, given?.text("id") ?? "")?.inputs ?? {});
            const ids = [
                ...template.texts("vpcSecurityGroupIds"),
                ...template.blocks("networkInterfaces").flatMap((one) => one.texts("securityGroups")),
            ];
            return ids.map((handle) => ({ type: SECURITY_GROUP, handle }));
        },
        rejects: nodeGroupRejections,
        offered: [instanceTypesOffered],
        conflicts: nodeGroupConflicts,
        updateConflicts: nodeGroupUpdateConflicts,
        notFound: "ResourceNotFoundException",
        inUse: "ResourceInUseException",
    },
};
