import {
    type Creation,
    type Inputs,
    malformed,
    type Rejection,
    type ResourceType,
    sameInputs,
    unlisted,
} from "../../resource-type";
import { ROLE } from "../iam/role";
import { CLUSTER } from "./token";

const ENTRY = "aws:eks/accessEntry:AccessEntry";
const ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
export const POD_IDENTITY = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const INVALID = "InvalidParameterException";

/** @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
const POLICY = /^arn:aws[\w-]*:eks::aws:cluster-access-policy\/\w+Policy$/;

/** A DNS label, as Kubernetes names are. */
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const entryOf = ({ inputs, find }: Creation) =>
    find(ENTRY, `${inputs.text("clusterName")}:${inputs.text("principalArn")}`);

/** Access entries of nodes get their permissions from EKS, and cannot have others. */
const isStandard = (type: unknown) => type === undefined || type === "" || type === "STANDARD";

const principal = malformed(
    "principalArn",
    /^arn:aws[\w-]*:(iam::\d{12}:(role|user)\/\S+|sts::\d{12}:\S+)$/,
    "invalid principal: it is the ARN of an IAM role or user",
    INVALID,
);

const entryRules: Rejection<Inputs>[] = [
    principal,
    unlisted(
        "type",
        ["STANDARD", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "EC2", "HYBRID_LINUX", "HYPERPOD_LINUX"],
        INVALID,
    ),
    {
        code: INVALID,
        at: "kubernetesGroups",
        when: (inputs) => inputs.texts("kubernetesGroups").some((group) => group.startsWith("system:")),
        say: () => "The kubernetes group name is invalid, it cannot start with system:",
    },
    {
        code: INVALID,
        at: "kubernetesGroups",
        when: (inputs) =>
            !isStandard(inputs.text("type")) && (inputs.list("kubernetesGroups").length > 0 || inputs.has("userName")),
        say: (inputs) => `Groups and user names are not allowed with type ${inputs.text("type")}`,
    },
];

export const eksAccess: Record<string, ResourceType> = {
    [ENTRY]: {
        id: ({ inputs }) => `${inputs.text("clusterName")}:${inputs.text("principalArn")}`,
        outputs: ({ inputs, region, accountId, hex, partition }) => {
            const arn = inputs.text("principalArn");
            const [, kind = "role"] = /:(role|user)\//.exec(arn) ?? [];
            const now = new Date().toISOString();
            return {
                accessEntryArn: `arn:${partition}:eks:${region}:${accountId}:access-entry/${inputs.text("clusterName")}/${kind}/${accountId}/${arn.split("/").at(-1)}/${hex(8)}`,
                createdAt: now,
                modifiedAt: now,
                kubernetesGroups: [],
                userName: arn,
            };
        },
        updates: () => ({ modifiedAt: new Date().toISOString() }),
        refersTo: { clusterName: { type: CLUSTER, weak: true } },
        rejects: entryRules,
        conflicts: [
            {
                code: "InvalidRequestException",
                when: ({ inputs, find }) => {
                    const access = find(CLUSTER, inputs.text("clusterName"))?.outputs.accessConfig;
                    return !JSON.stringify(access ?? {}).includes('"API');
                },
                say: () =>
                    "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
            },
        ],
        unique: [
            {
                code: "ResourceInUseException",
                at: "principalArn",
                key: sameInputs("clusterName", "principalArn"),
                say: () => "The specified access entry resource is already in use on this cluster.",
            },
        ],
        notFound: "ResourceNotFoundException",
    },
    [ASSOCIATION]: {
        id: ({ inputs }) => `${inputs.text("clusterName")}#${inputs.text("principalArn")}#${inputs.text("policyArn")}`,
        outputs: () => ({ associatedAt: new Date().toISOString(), modifiedAt: new Date().toISOString() }),
        refersTo: { clusterName: { type: CLUSTER, weak: true } },
        rejects: [
            principal,
            malformed(
                "policyArn",
                POLICY,
                "it is arn:aws:eks::aws:cluster-access-policy/<one of EKS's access policies>",
                INVALID,
            ),
            {
                code: INVALID,
                at: "accessScope",
                when: (inputs) => {
                    const scope = inputs.block("accessScope");
                    return (scope?.list("namespaces").length ?? 0) > 0 !== (scope?.text("type") === "namespace");
                },
                say: () =>
                    "An access scope of type namespace names at least one namespace, and one of type cluster none",
            },
        ],
        conflicts: [
            {
                code: "ResourceNotFoundException",
                at: "principalArn",
                when: (creation) => entryOf(creation) === undefined,
                say: () =>
                    "The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'.",
            },
            {
                code: "InvalidRequestException",
                at: "principalArn",
                when: (creation) => !isStandard(entryOf(creation)?.inputs.type),
                say: () => "Access policies can only be associated with access entries of type STANDARD",
            },
        ],
        notFound: "ResourceNotFoundException",
    },
    [POD_IDENTITY]: {
        id: ({ hex }) => `a-${hex(17)}`,
        outputs: ({ id, inputs, region, accountId, hex, partition }) => ({
            associationId: id,
            associationArn: `arn:${partition}:eks:${region}:${accountId}:podidentityassociation/${inputs.text("clusterName")}/${id}`,
            externalId: inputs.has("targetRoleArn") ? `${region}/${accountId}/${hex(16)}` : "",
        }),
        refersTo: { clusterName: { type: CLUSTER, weak: true }, roleArn: { type: ROLE, weak: true } },
        rejects: [
            malformed("namespace", LABEL, "a DNS label of at most 63 characters", INVALID),
            malformed(
                "serviceAccount",
                /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
                "a DNS name of at most 253 characters",
                INVALID,
            ),
        ],
        unique: [
            {
                code: "ResourceInUseException",
                at: "serviceAccount",
                key: sameInputs("clusterName", "namespace", "serviceAccount"),
                say: (_, id) => `Association already exists${id === undefined ? "" : `: ${id}`}`,
            },
        ],
        notFound: "ResourceNotFoundException",
    },
};
