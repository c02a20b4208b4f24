import type { Creation, Inputs, Rejection, ResourceType } from "../../resource-type";
import { ROTATION_APPLICATION, rotationFunctionArn } from "../serverlessrepository/rotation-application";
import { SECRET, SECRET_VERSION, versionsOf } from "./secret-version";

export const SECRET_ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";

/** Whether RDS manages the secret, and rotates it by itself. */
const isManaged = (inputs: Inputs): boolean => /:secret:rds!/.test(inputs.text("secretId"));

/** Whether a rotation application of the account created the function, and the permission to call it. */
function mayInvoke({ inputs, all, region, accountId }: Creation): boolean {
    return all(ROTATION_APPLICATION).some(
        (application) =>
            rotationFunctionArn(application.inputs, region, accountId) === inputs.text("rotationLambdaArn"),
    );
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html */
const ruleRejections: Rejection<Inputs>[] = [
    {
        code: "InvalidParameterException",
        at: "rotationRules",
        when: (inputs) => inputs.block("rotationRules") === undefined,
        say: () => "`rotation_rules` is required unless `rotation_enabled` is `false`",
    },
    {
        code: "InvalidParameterException",
        at: "rotationRules",
        when: (inputs) => {
            const rules = inputs.block("rotationRules");
            return rules !== undefined && rules.has("automaticallyAfterDays") === rules.has("scheduleExpression");
        },
        say: () => "You must specify AutomaticallyAfterDays or ScheduleExpression, and not both.",
    },
    {
        code: "InvalidParameterException",
        at: "rotationRules",
        when: (inputs) => {
            const days = inputs.block("rotationRules")?.number("automaticallyAfterDays");
            return days !== undefined && (days < 1 || days > 1000);
        },
        say: () => "AutomaticallyAfterDays must be between 1 and 1000.",
    },
];

export const secretRotations: Record<string, ResourceType> = {
    [SECRET_ROTATION]: {
        id: ({ inputs }) => inputs.text("secretId"),
        outputs: () => ({ rotationEnabled: true }),
        refersTo: { secretId: SECRET },
        rejects: ruleRejections,
        conflicts: [
            {
                code: "InvalidRequestException",
                at: "rotationLambdaArn",
                when: ({ inputs }) => !inputs.has("rotationLambdaArn") && !isManaged(inputs),
                say: () => "No Lambda rotation function ARN is associated with this secret.",
            },
            {
                code: "InvalidRequestException",
                at: "rotationLambdaArn",
                when: ({ inputs }) => inputs.has("rotationLambdaArn") && isManaged(inputs),
                say: () => "You can't set a rotation function for a secret that is managed by another service.",
            },
            {
                code: "AccessDeniedException",
                at: "rotationLambdaArn",
                when: (creation) => creation.inputs.has("rotationLambdaArn") && !mayInvoke(creation),
                say: ({ inputs }) =>
                    `Secrets Manager cannot invoke the specified Lambda function ${inputs.text("rotationLambdaArn")}. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.`,
            },
            {
                code: "InvalidRequestException",
                at: "secretId",
                when: ({ inputs, all }) => versionsOf(inputs.text("secretId"), all(SECRET_VERSION)).length === 0,
                say: () => "You can't rotate a secret that has no value.",
            },
        ],
    },
};
