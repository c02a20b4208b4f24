import type { Creation, Inputs, Rejection, ResourceType, Update } from "../../resource-type";
import { notJson, sameInputs, unlisted, uuid } from "../../resource-type";
import { ROLE } from "../iam/role";
import { CLUSTER } from "./token";
import { ADDONS, addonFits, isRelease } from "./version";

const ADDON = "aws:eks/addon:Addon";
const INVALID = "InvalidParameterException";

const kubernetesOf = ({ inputs, find }: Creation) =>
    String(find(CLUSTER, inputs.text("clusterName"))?.outputs.version ?? "");

/** Rejects a release that does not support the cluster's version. */
const unfit: Rejection<Creation> = {
    code: INVALID,
    at: "addonVersion",
    when: (creation) =>
        creation.inputs.has("addonVersion") &&
        !addonFits(creation.inputs.text("addonName"), creation.inputs.text("addonVersion"), kubernetesOf(creation)),
    say: (creation) =>
        `Addon version specified is not supported: ${creation.inputs.text("addonName")} ${creation.inputs.text("addonVersion")} for Kubernetes ${kubernetesOf(creation)}`,
};

const rejects: Rejection<Inputs>[] = [
    {
        code: INVALID,
        at: "addonName",
        when: (inputs) => !(inputs.text("addonName") in ADDONS),
        say: (inputs) =>
            `Addon ${inputs.text("addonName")} specified is not supported: known here are ${Object.keys(ADDONS).join(", ")}`,
    },
    {
        code: INVALID,
        at: "addonVersion",
        when: (inputs) => inputs.has("addonVersion") && !isRelease(inputs.text("addonVersion")),
        say: (inputs) =>
            `Addon version specified is not supported: ${inputs.text("addonVersion")} is not of the form v1.2.3-eksbuild.4`,
    },
    unlisted("resolveConflictsOnCreate", ["NONE", "OVERWRITE"], INVALID),
    notJson("configurationValues", "ConfigurationValue provided in request is not valid JSON", INVALID),
];

export const eksAddons: Record<string, ResourceType> = {
    [ADDON]: {
        id: ({ inputs }) => `${inputs.text("clusterName")}:${inputs.text("addonName")}`,
        outputs: (made) => {
            const { inputs, region, partition, accountId, hex } = made;
            const [cluster, name] = [inputs.text("clusterName"), inputs.text("addonName")];
            const now = new Date().toISOString();
            return {
                arn: `arn:${partition}:eks:${region}:${accountId}:addon/${cluster}/${name}/${uuid(hex)}`,
                addonVersion: ADDONS[name]?.recent(kubernetesOf(made)) ?? "",
                configurationValues: "",
                createdAt: now,
                modifiedAt: now,
            };
        },
        updates: () => ({ modifiedAt: new Date().toISOString() }),
        refersTo: { clusterName: { type: CLUSTER, weak: true }, serviceAccountRoleArn: { type: ROLE, weak: true } },
        rejects,
        unique: [
            {
                code: "ResourceInUseException",
                at: "addonName",
                key: sameInputs("clusterName", "addonName"),
                say: () => "Addon already exists.",
            },
        ],
        conflicts: [unfit],
        updateConflicts: [unfit as Rejection<Update>],
        notFound: "ResourceNotFoundException",
    },
};
