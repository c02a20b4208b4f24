import { malformed, outside, type ResourceType } from "../../resource-type";

export const ROLE = "aws:iam/role:Role";
export const ROLE_POLICY_ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const POLICIES_PER_ROLE = 10;

/** The form of the names of roles and policies. */
const NAME = /^[\w+=,.@-]+$/;

export const iam: Record<string, ResourceType> = {
    [ROLE]: {
        id: ({ inputs }) => inputs.text("name"),
        outputs: ({ id, accountId, hex, inputs }) => ({
            arn: `arn:aws:iam::${accountId}:role${inputs.text("path") || "/"}${id}`,
            createDate: new Date().toISOString(),
            uniqueId: `AROA${hex(17).toUpperCase()}`,
        }),
        name: "name",
        rejects: [
            malformed("name", /^[\w+=,.@-]{1,64}$/, "1 to 64 letters, digits and +=,.@-_", "ValidationError"),
            outside("maxSessionDuration", 3600, 43200, "ValidationError"),
        ],
        notFound: "NoSuchEntity",
        inUse: "DeleteConflict",
    },
    [ROLE_POLICY_ATTACHMENT]: {
        id: ({ inputs, hex }) => `${inputs.text("role")}-${hex(26)}`,
        refersTo: { role: ROLE },
        rejects: [
            malformed(
                "policyArn",
                /^arn:[\w-]+:iam::(aws|\d{12}):policy\/\S+$/,
                "it is the ARN of a policy",
                "ValidationError",
            ),
        ],
        conflicts: [
            {
                code: "LimitExceeded",
                at: "role",
                when: ({ inputs, all }) =>
                    all(ROLE_POLICY_ATTACHMENT).filter((other) => other.inputs.role === inputs.text("role")).length >=
                    POLICIES_PER_ROLE,
                say: () => `Cannot exceed quota for PoliciesPerRole: ${POLICIES_PER_ROLE}`,
            },
        ],
    },
    "aws:iam/rolePolicy:RolePolicy": {
        id: ({ inputs }) => `${inputs.text("role")}:${inputs.text("name")}`,
        name: "name",
        within: "role",
        refersTo: { role: ROLE },
        rejects: [malformed("name", NAME, "letters, digits and +=,.@-_", "ValidationError")],
    },
};
