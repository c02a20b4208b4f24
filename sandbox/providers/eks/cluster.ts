import type { SecurityGroup } from "@pulumi/aws/ec2";
import { Addon, Cluster as EksCluster, getAddonVersionOutput } from "@pulumi/aws/eks";
import type { Role } from "@pulumi/aws/iam";
import type { ClusterArgs, types } from "@pulumi/eks";
import { Provider as Kubernetes } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { refuse, refuseUnknown } from "../component-server";
import { accessEntries } from "./access-entry";
import { autoModeOf } from "./auto-mode";
import { CLUSTER_INPUTS } from "./cluster-input";
import { kubeconfigOf } from "./kubeconfig";
import { clusterSecurityGroup, merged, nodeSecurityGroup } from "./security-group";
import { ServiceRole } from "./service-role";
import { stringify, VpcCniAddon } from "./vpc-cni";

/** The emulated eks.Cluster: it registers the same children as the official one, and returns the same outputs. */
export class Cluster extends pulumi.ComponentResource {
    private readonly autoMode: boolean;
    /** The outputs of the component. */
    readonly state: pulumi.Inputs;

    constructor(
        private readonly name: string,
        private readonly args: ClusterArgs,
        options: pulumi.ComponentResourceOptions,
    ) {
        refuseUnknown("eks.Cluster", CLUSTER_INPUTS, args);
        refuseCombinations(args);
        super("eks:index:Cluster", name, {}, options);
        this.autoMode = args.autoMode?.enabled === true;
        this.state = this.build();
        this.registerOutputs(this.state);
    }

    private build(): pulumi.Inputs {
        const { name, args, autoMode } = this;
        const vpcId = args.vpcId ?? "";
        const subnetIds = subnetsOf(args);
        const groups = { parent: this, vpcId, tags: args.tags };
        const wantsGroups = !(args.skipDefaultSecurityGroups ?? autoMode);
        const serviceRole = args.serviceRole ? undefined : this.serviceRole();
        const role: pulumi.Output<Role> = pulumi.output(args.serviceRole ?? serviceRole?.role) as pulumi.Output<Role>;
        const controlPlaneGroup = args.clusterSecurityGroup
            ? (pulumi.output(args.clusterSecurityGroup) as pulumi.Output<SecurityGroup>)
            : wantsGroups
              ? clusterSecurityGroup(name, { ...groups, ownTags: args.clusterSecurityGroupTags })
              : undefined;
        const automatic = autoModeOf(name, args, this);
        const encryptionConfig = args.encryptionConfigKeyArn && {
            provider: { keyArn: args.encryptionConfigKeyArn },
            resources: ["secrets"],
        };
        const cluster = new EksCluster(
            `${name}-eksCluster`,
            {
                name: args.name,
                roleArn: role.apply(({ arn }) => arn),
                ...automatic.config,
                bootstrapSelfManagedAddons: autoMode ? false : (args.bootstrapSelfManagedAddons ?? true),
                vpcConfig: {
                    securityGroupIds: controlPlaneGroup && [controlPlaneGroup.id],
                    subnetIds,
                    endpointPrivateAccess: args.endpointPrivateAccess,
                    endpointPublicAccess: args.endpointPublicAccess,
                    publicAccessCidrs: publicAccess(args),
                },
                version: args.version,
                enabledClusterLogTypes: args.enabledClusterLogTypes,
                tags: merged({ Name: `${name}-eksCluster` }, args.clusterTags, args.tags),
                encryptionConfig: encryptionConfig || undefined,
                accessConfig: {
                    authenticationMode: args.authenticationMode,
                    bootstrapClusterCreatorAdminPermissions: true,
                },
                upgradePolicy: args.upgradePolicy,
                deletionProtection: args.deletionProtection,
            },
            {
                parent: this,
                ignoreChanges: ["accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"],
                dependsOn: [...(serviceRole?.attachments ?? []), ...(automatic.nodeRole?.attachments ?? [])],
            },
        );
        const controlPlaneGroupId = controlPlaneGroup?.id ?? cluster.vpcConfig.clusterSecurityGroupId;
        const nodes = wantsGroups
            ? nodeSecurityGroup(name, { ...groups, ownTags: args.nodeSecurityGroupTags }, cluster, controlPlaneGroupId)
            : undefined;
        const kubeconfig = kubeconfigOf(cluster, withoutProfile(args.providerCredentialOpts));
        const kubernetes = new Kubernetes(
            `${name}-eks-k8s`,
            {
                kubeconfig: kubeconfigOf(cluster, args.providerCredentialOpts as object | undefined).apply(
                    JSON.stringify,
                ),
                enableConfigMapMutable: args.enableConfigMapMutable,
            },
            { parent: this },
        );
        const entries = accessEntries(name, cluster, args.accessEntries ?? {}, this);
        this.addOns(cluster, entries);
        const issuer = cluster.identities.apply(([identity]) => identity?.oidcs[0]?.issuer ?? "");
        return {
            autoModeNodeRoleName: automatic.nodeRole?.role.name ?? "",
            clusterIngressRuleId: nodes?.clusterIngress.id ?? "",
            clusterSecurityGroup: controlPlaneGroup,
            clusterSecurityGroupId: controlPlaneGroupId,
            eksCluster: cluster,
            eksClusterIngressRule: nodes?.clusterIngress,
            fargateProfileId: "",
            fargateProfileStatus: "",
            defaultNodeGroupAsgName: "",
            instanceRoles: [],
            kubeconfig,
            kubeconfigJson: kubeconfig.apply(JSON.stringify),
            nodeSecurityGroup: nodes?.group,
            nodeSecurityGroupId: nodes?.group.id ?? cluster.vpcConfig.clusterSecurityGroupId,
            oidcIssuer: issuer.apply((url) => url.replace("https://", "")),
            oidcProviderArn: "",
            oidcProviderUrl: issuer,
            core: {
                cluster,
                clusterIamRole: role,
                clusterSecurityGroup: controlPlaneGroup,
                encryptionConfig: encryptionConfig || undefined,
                endpoint: cluster.endpoint,
                instanceRoles: [],
                kubeconfig,
                nodeGroupOptions: { version: args.version, nodeSecurityGroup: nodes?.group },
                nodeSecurityGroupTags: args.nodeSecurityGroupTags,
                privateSubnetIds: args.privateSubnetIds,
                provider: kubernetes,
                publicSubnetIds: args.publicSubnetIds,
                subnetIds,
                tags: args.tags,
                vpcId,
            },
        };
    }

    private serviceRole(): ServiceRole {
        const own = ["AmazonEKSClusterPolicy"];
        const automatic = ["Compute", "BlockStorage", "LoadBalancing", "Networking"].map((x) => `AmazonEKS${x}Policy`);
        return new ServiceRole(
            `${this.name}-eksRole`,
            {
                service: "eks.amazonaws.com",
                description: "Allows EKS to manage clusters on your behalf.",
                policies: this.autoMode ? [...own, ...automatic] : own,
                actions: ["sts:AssumeRole", "sts:TagSession"],
                tags: this.args.tags,
            },
            { parent: this },
        );
    }

    private addOns(cluster: EksCluster, entries: pulumi.Resource[]): void {
        const { name, args, autoMode } = this;
        if (args.kubeProxyAddonOptions?.enabled ?? !autoMode)
            this.coreAddon(cluster, "kube-proxy", args.kubeProxyAddonOptions);
        if (args.useDefaultVpcCni === undefined ? !autoMode : !args.useDefaultVpcCni)
            new VpcCniAddon(`${name}-vpc-cni`, cluster, args.vpcCniOptions ?? {}, args.tags, {
                parent: this,
                dependsOn: entries,
            });
        const { enabled, configurationValues } = args.corednsAddonOptions ?? {};
        const asked = enabled === true || configurationValues !== undefined;
        if (asked || ((!args.skipDefaultNodeGroup || autoMode) && (enabled ?? true)))
            this.coreAddon(cluster, "coredns", args.corednsAddonOptions);
    }

    /** An add-on that every cluster has, instead of the unmanaged one that EKS installs. */
    private coreAddon(
        cluster: EksCluster,
        addonName: string,
        options: types.input.KubeProxyAddonOptionsArgs | undefined,
    ): void {
        const latest = () =>
            getAddonVersionOutput({ addonName, kubernetesVersion: cluster.version, mostRecent: true }, { parent: this })
                .version;
        new Addon(
            `${this.name}-${addonName}`,
            {
                clusterName: cluster.name,
                addonName,
                preserve: true,
                tags: this.args.tags,
                resolveConflictsOnCreate: options?.resolveConflictsOnCreate ?? "OVERWRITE",
                resolveConflictsOnUpdate: options?.resolveConflictsOnUpdate ?? "OVERWRITE",
                addonVersion: options?.version ?? latest(),
                configurationValues: options?.configurationValues && stringify(options.configurationValues),
            },
            { parent: this },
        );
    }
}

/** Refuses what the official component refuses, and what the sandbox does not emulate. */
function refuseCombinations(args: ClusterArgs): void {
    if (args.subnetIds && (args.publicSubnetIds || args.privateSubnetIds))
        refuse("subnetIds", "it can't be given with publicSubnetIds or privateSubnetIds");
    if (args.vpcId === undefined) refuse("vpcId", "not emulated: the default VPC; name one");
    if (args.authenticationMode !== "API")
        refuse("authenticationMode", "not emulated: the ConfigMap aws-auth of the other modes; it has to be API");
    if (!args.skipDefaultNodeGroup && !args.autoMode?.enabled)
        refuse(
            "skipDefaultNodeGroup",
            "not emulated: the default node group; set it, and make an eks.ManagedNodeGroup",
        );
}

function subnetsOf({ subnetIds, publicSubnetIds, privateSubnetIds }: ClusterArgs): pulumi.Output<string[]> {
    if (subnetIds !== undefined) return pulumi.output(subnetIds);
    return pulumi.all([publicSubnetIds ?? [], privateSubnetIds ?? []]).apply((lists) => lists.flat());
}

function publicAccess(args: ClusterArgs): pulumi.Output<string[]> | undefined {
    if (args.publicAccessCidrs === undefined) return undefined;
    return pulumi.all([args.publicAccessCidrs, args.endpointPublicAccess ?? true]).apply(([cidrs, isPublic]) => {
        if (!isPublic) refuse("publicAccessCidrs", "it can only be set when endpointPublicAccess is true");
        return cidrs;
    });
}

/** The kubeconfig output names no AWS profile, since profiles belong to one machine. */
function withoutProfile(credentials: ClusterArgs["providerCredentialOpts"]): { roleArn?: pulumi.Output<string> } {
    if (credentials === undefined) return {};
    return { roleArn: pulumi.output(credentials).apply(({ roleArn }) => roleArn ?? "") };
}
