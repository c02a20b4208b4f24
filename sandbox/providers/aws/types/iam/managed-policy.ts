import { type Inputs, isJson, malformed, type Rejection, type ResourceType, sameInputs } from "../../resource-type";
import { ROLE } from "./role";
import { allowsInVain, conditionsInVain } from "./statement";

export const MANAGED_POLICY = "aws:iam/policy:Policy";

const INVALID = "ValidationError";
const name = malformed("name", /^[\w+=,.@-]{1,128}$/, "1 to 128 letters, digits and +=,.@-_", INVALID);

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const POLICY_CHARACTERS = 6144;

const document: Rejection<Inputs> = {
    code: "MalformedPolicyDocument",
    at: "policy",
    when: (inputs) =>
        inputs.has("policy") && typeof inputs.properties.policy !== "object" && !isJson(inputs.text("policy")),
    say: () => "Syntax errors in policy.",
};

export const iamPolicies: Record<string, ResourceType> = {
    [MANAGED_POLICY]: {
        id: ({ inputs, accountId, partition }) =>
            `arn:${partition}:iam::${accountId}:policy${inputs.text("path") || "/"}${inputs.text("name")}`,
        name: "name",
        outputs: ({ id, hex }) => ({
            arn: id,
            attachmentCount: 0,
            policyId: `ANPA${hex(17).toUpperCase()}`,
            namePrefix: "",
        }),
        rejects: [
            name,
            document,
            allowsInVain("policy"),
            conditionsInVain("policy"),
            {
                code: "LimitExceeded",
                at: "policy",
                // IAM does not count white space.
                when: (inputs) => inputs.text("policy").replace(/\s/g, "").length > POLICY_CHARACTERS,
                say: () => `Cannot exceed quota for PolicySize: ${POLICY_CHARACTERS}`,
            },
        ],
        deleteBlockers: [
            {
                code: "DeleteConflict",
                when: ({ entity, all }) =>
                    all("aws:iam/rolePolicyAttachment:RolePolicyAttachment").some(
                        ({ inputs }) => inputs.policyArn === entity.id,
                    ),
                say: () => "Cannot delete a policy attached to entities.",
            },
        ],
        notFound: "NoSuchEntity",
        inUse: "DeleteConflict",
    },
    "aws:iam/instanceProfile:InstanceProfile": {
        id: ({ inputs }) => inputs.text("name"),
        name: "name",
        outputs: ({ id, accountId, hex, inputs, partition }) => ({
            arn: `arn:${partition}:iam::${accountId}:instance-profile${inputs.text("path") || "/"}${id}`,
            createDate: new Date().toISOString(),
            uniqueId: `AIPA${hex(17).toUpperCase()}`,
            namePrefix: "",
        }),
        refersTo: { role: ROLE },
        notFound: "NoSuchEntity",
    },
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
        id: ({ inputs, accountId, partition }) =>
            `arn:${partition}:iam::${accountId}:oidc-provider/${inputs.text("url").replace("https://", "")}`,
        outputs: ({ id }) => ({ arn: id, thumbprintLists: [] }),
        rejects: [malformed("url", /^https:\/\/[^\s?#]{1,247}$/, "it begins with https:// and has no query", INVALID)],
        unique: [
            {
                code: "EntityAlreadyExists",
                at: "url",
                key: sameInputs("url"),
                say: (inputs) => `Provider with url ${inputs.text("url")} already exists.`,
            },
        ],
        notFound: "NoSuchEntity",
    },
};
