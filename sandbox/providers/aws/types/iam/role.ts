import { malformed, type ResourceType } from "../../resource-type";
import { allowsInVain, conditionsInVain } from "./statement";

export const ROLE = "aws:iam/role:Role";
export const ROLE_POLICY_ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

export const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const POLICIES_PER_ROLE = 10;

/** The most characters of a role's own policies together, blanks aside. */
const INLINE_CHARACTERS = 10_240;

const lengthOf = (policy: string) => policy.replace(/\s/g, "").length;

const tooLong = {
    code: "LimitExceeded",
    at: "policy",
    say: () => `Maximum policy size of ${INLINE_CHARACTERS} bytes exceeded for the role`,
};

export const iam: Record<string, ResourceType> = {
    [ROLE]: {
        id: ({ inputs }) => inputs.text("name"),
        outputs: ({ id, accountId, hex, inputs, partition }) => ({
            arn: `arn:${partition}:iam::${accountId}:role${inputs.text("path") || "/"}${id}`,
            createDate: new Date().toISOString(),
            uniqueId: `AROA${hex(17).toUpperCase()}`,
        }),
        name: "name",
        rejects: [conditionsInVain("assumeRolePolicy")],
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
    [ROLE_POLICY]: {
        id: ({ inputs }) => `${inputs.text("role")}:${inputs.text("name")}`,
        name: "name",
        within: "role",
        refersTo: { role: ROLE },
        rejects: [
            { ...tooLong, when: (inputs) => lengthOf(inputs.text("policy")) > INLINE_CHARACTERS },
            allowsInVain("policy"),
            conditionsInVain("policy"),
        ],
        conflicts: [
            {
                ...tooLong,
                when: ({ inputs, all }) => {
                    const others = all(ROLE_POLICY).filter(
                        (other) =>
                            other.inputs.role === inputs.text("role") && other.inputs.name !== inputs.text("name"),
                    );
                    const policies = [inputs.text("policy"), ...others.map((other) => String(other.inputs.policy))];
                    return policies.reduce((sum, policy) => sum + lengthOf(policy), 0) > INLINE_CHARACTERS;
                },
            },
        ],
    },
};
