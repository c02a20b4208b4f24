import { type Inputs, malformed, type ResourceType } from "../../resource-type";

const USER = "aws:elasticache/user:User";
export const USER_GROUP = "aws:elasticache/userGroup:UserGroup";

const identifier = /^[A-Za-z][A-Za-z0-9-]{0,39}$/;
const whatAnIdentifierIs = "1 to 40 letters, digits and hyphens, a letter first";

/** All passwords in the inputs. */
function passwordsOf(inputs: Inputs): string[] {
    return [...inputs.texts("passwords"), ...(inputs.block("authenticationMode")?.texts("passwords") ?? [])];
}

/**
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUser.html
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUserGroup.html
 */
export const elasticacheUsers: Record<string, ResourceType> = {
    [USER]: {
        id: ({ inputs }) => inputs.text("userId"),
        outputs: ({ id, region, accountId, partition }) => ({
            arn: `arn:${partition}:elasticache:${region}:${accountId}:user:${id}`,
        }),
        name: "userId",
        exists: "UserAlreadyExists",
        rejects: [
            malformed("userId", identifier, whatAnIdentifierIs),
            malformed("accessString", /^(on|off)\b/, "it begins with on or off"),
            {
                code: "InvalidParameterValue",
                at: "authenticationMode",
                when: (inputs) => {
                    const passwords = passwordsOf(inputs);
                    return passwords.length > 2 || passwords.some((one) => one.length < 16 || one.length > 128);
                },
                say: () => "A user has one or two passwords of 16 to 128 characters",
            },
        ],
        notFound: "UserNotFound",
    },
    [USER_GROUP]: {
        id: ({ inputs }) => inputs.text("userGroupId"),
        outputs: ({ id, region, accountId, partition }) => ({
            arn: `arn:${partition}:elasticache:${region}:${accountId}:usergroup:${id}`,
        }),
        name: "userGroupId",
        exists: "UserGroupAlreadyExists",
        // A deleted user is removed from its groups.
        refersTo: { userIds: { type: USER, weak: true } },
        rejects: [malformed("userGroupId", identifier, whatAnIdentifierIs)],
        conflicts: [
            {
                code: "DefaultUserRequired",
                at: "userIds",
                when: ({ inputs, find }) =>
                    inputs.text("engine") === "redis" &&
                    inputs.texts("userIds").every((id) => find(USER, id)?.inputs.userName !== "default"),
                say: () => "A user group of Redis needs a user named default",
            },
        ],
        notFound: "UserGroupNotFound",
        inUse: "InvalidUserGroupState",
    },
};
