import { Addon, type Cluster, getAddonVersionOutput } from "@pulumi/aws/eks";
import type { types } from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { type Emulated, refuse, refuseUnknown } from "../component-server";

export type VpcCniOptions = types.input.VpcCniOptionsArgs;

const OPTIONS: Emulated<VpcCniOptions> = {
    addonVersion: true,
    cniConfigureRpfilter: true,
    cniCustomNetworkCfg: true,
    cniExternalSnat: true,
    configurationValues: true,
    customNetworkConfig: "the component then overwrites it with its default; use cniCustomNetworkCfg",
    disableTcpEarlyDemux: true,
    enableNetworkPolicy: true,
    enablePodEni: true,
    enablePrefixDelegation: true,
    eniConfigLabelDef: true,
    eniMtu: true,
    externalSnat: true,
    logFile: true,
    logLevel: true,
    nodePortSupport: true,
    resolveConflictsOnCreate: true,
    resolveConflictsOnUpdate: true,
    securityContextPrivileged: "it patches the DaemonSet aws-node by kubernetes:apps/v1:DaemonSetPatch",
    serviceAccountRoleArn: true,
    vethPrefix: true,
    warmEniTarget: true,
    warmIpTarget: true,
    warmPrefixTarget: true,
};

/** The plugin's environment variables: the option of each, and the component's default. */
const ENVIRONMENT: [variable: string, option: keyof VpcCniOptions | undefined, otherwise?: string][] = [
    ["AWS_VPC_CNI_NODE_PORT_SUPPORT", "nodePortSupport"],
    ["WARM_ENI_TARGET", "warmEniTarget", "1"],
    ["WARM_IP_TARGET", "warmIpTarget"],
    ["WARM_PREFIX_TARGET", "warmPrefixTarget"],
    ["ENABLE_PREFIX_DELEGATION", "enablePrefixDelegation"],
    ["AWS_VPC_K8S_CNI_LOGLEVEL", "logLevel", "DEBUG"],
    ["AWS_VPC_K8S_CNI_LOG_FILE", "logFile", "/host/var/log/aws-routed-eni/ipamd.log"],
    ["AWS_VPC_K8S_CNI_VETHPREFIX", "vethPrefix", "eni"],
    ["AWS_VPC_ENI_MTU", "eniMtu", "9001"],
    ["ENI_CONFIG_LABEL_DEF", "eniConfigLabelDef"],
    ["AWS_VPC_K8S_PLUGIN_LOG_LEVEL", undefined, "DEBUG"],
    ["AWS_VPC_K8S_PLUGIN_LOG_FILE", undefined, "/var/log/aws-routed-eni/plugin.log"],
    ["ENABLE_POD_ENI", "enablePodEni", "false"],
    ["AWS_VPC_K8S_CNI_CONFIGURE_RPFILTER", "cniConfigureRpfilter"],
    ["AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "cniCustomNetworkCfg", "false"],
    ["AWS_VPC_K8S_CNI_EXTERNALSNAT", "cniExternalSnat", "false"],
];

/** The VPC CNI plugin, which assigns addresses to pods. */
export class VpcCniAddon extends pulumi.ComponentResource {
    constructor(
        name: string,
        cluster: Cluster,
        options: VpcCniOptions,
        tags: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined,
        resourceOptions: pulumi.ComponentResourceOptions,
    ) {
        refuseUnknown("eks.Cluster's vpcCniOptions", OPTIONS, options);
        if (options.externalSnat && options.cniExternalSnat)
            refuse("vpcCniOptions", "one of cniExternalSnat and externalSnat can be given");
        super("eks:index:VpcCniAddon", name, {}, resourceOptions);
        const latest = () =>
            getAddonVersionOutput(
                { addonName: "vpc-cni", kubernetesVersion: cluster.version, mostRecent: true },
                { parent: this },
            ).version;
        new Addon(
            name,
            {
                clusterName: cluster.name,
                addonName: "vpc-cni",
                addonVersion: options.addonVersion ?? latest(),
                resolveConflictsOnCreate: options.resolveConflictsOnCreate ?? "OVERWRITE",
                resolveConflictsOnUpdate: options.resolveConflictsOnUpdate ?? "OVERWRITE",
                preserve: true,
                configurationValues: stringify(
                    (pulumi.output(options) as unknown as pulumi.Output<Settings>).apply(settings),
                ),
                serviceAccountRoleArn: options.serviceAccountRoleArn,
                tags,
            },
            { parent: this },
        );
        this.registerOutputs();
    }
}

type Settings = Record<string, unknown>;

/** The add-on's configuration: the given one, merged over the one from the options. */
function settings(options: Settings): Settings {
    const all: Settings = { ...options, cniExternalSnat: options.externalSnat || options.cniExternalSnat };
    const env = Object.fromEntries(
        ENVIRONMENT.flatMap(([variable, option, otherwise]) => {
            const value = (option && all[option]) || otherwise;
            return value === undefined || value === false ? [] : [[variable, String(value)]];
        }),
    );
    const initEnv = { DISABLE_TCP_EARLY_DEMUX: options.disableTcpEarlyDemux ? "true" : "false" };
    const given = asObject(options.configurationValues);
    const init = asObject(given.init);
    return {
        ...(options.enableNetworkPolicy !== undefined && { enableNetworkPolicy: String(options.enableNetworkPolicy) }),
        ...given,
        env: { ...env, ...asObject(given.env) },
        init: { ...init, env: { ...initEnv, ...asObject(init.env) } },
    };
}

function asObject(value: unknown): Settings {
    return typeof value === "object" && value !== null ? (value as Settings) : {};
}

/** An add-on's configuration as JSON, with the keys in order, so that the same settings are the same text. */
export function stringify(values: pulumi.Input<object>): pulumi.Output<string> {
    return pulumi.output(values).apply((plain) => JSON.stringify(plain, sorted));
}

function sorted(_key: string, value: unknown): unknown {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
