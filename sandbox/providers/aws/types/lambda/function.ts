import { createHash } from "node:crypto";
import { partitionOf } from "@plinth/facts";
import { type Creation, type Inputs, isJson, malformed, type Rejection, type ResourceType } from "../../resource-type";
import { SUBNET } from "../ec2/network";
import { SECURITY_GROUP } from "../ec2/security-group";
import { ROLE } from "../iam/role";
import { KEY } from "../kms/key";
import { BUCKET } from "../s3/bucket";

export const FUNCTION = "aws:lambda/function:Function";
export const PERMISSION = "aws:lambda/permission:Permission";
const FUNCTION_URL = "aws:lambda/functionUrl:FunctionUrl";

const INVALID = "InvalidParameterValueException";

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const functionRules: Rejection<Inputs>[] = [
    malformed("name", /^[\w-]{1,64}$/, "1 to 64 letters, digits, - and _", "ValidationException"),
    ...["runtime", "handler"].map(
        (at): Rejection<Inputs> => ({
            code: INVALID,
            at,
            when: (inputs) => inputs.text("packageType") !== "Image" && !inputs.has(at),
            say: () => "Runtime and Handler are mandatory parameters for functions created with deployment packages.",
        }),
    ),
    {
        code: INVALID,
        at: "code",
        when: (inputs) => ["code", "imageUri", "s3Bucket"].filter((name) => inputs.has(name)).length !== 1,
        say: () => "exactly one of code, imageUri and s3Bucket must be given",
    },
];

/** Whether a role's trust policy lets Lambda assume it. */
function lambdaMayAssume(policy: unknown): boolean {
    if (typeof policy !== "string" || !isJson(policy)) return true; // an object or a secret: not judged
    return JSON.stringify(JSON.parse(policy)).includes("lambda.amazonaws.com");
}

const roleIsNotForLambda: Rejection<Creation> = {
    /** https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html */
    code: INVALID,
    at: "role",
    when: ({ inputs, find }) => !lambdaMayAssume(find(ROLE, inputs.text("role"))?.inputs.assumeRolePolicy),
    say: () => "The role defined for the function cannot be assumed by Lambda.",
};

function invokePath(region: string, api: string, arn: string, call: string): string {
    return `arn:${partitionOf(region).name}:apigateway:${region}:lambda:path/${api}/functions/${arn}/${call}`;
}

export const lambda: Record<string, ResourceType> = {
    [FUNCTION]: {
        id: ({ inputs }) => inputs.text("name"),
        outputs: ({ id, region, accountId, inputs, partition }) => {
            const arn = `arn:${partition}:lambda:${region}:${accountId}:function:${id}`;
            const code = JSON.stringify(inputs.properties.code ?? inputs.properties.imageUri ?? id);
            const hash = createHash("sha256").update(code).digest("base64");
            const [calls, stream] = ["invocations", "response-streaming-invocations"];
            return {
                arn,
                invokeArn: invokePath(region, "2015-03-31", arn, calls),
                lastModified: new Date().toISOString().replace("Z", "+0000"),
                qualifiedArn: `${arn}:$LATEST`,
                qualifiedInvokeArn: invokePath(region, "2015-03-31", `${arn}:$LATEST`, calls),
                responseStreamingInvokeArn: invokePath(region, "2021-11-15", arn, stream),
                signingJobArn: "",
                signingProfileVersionArn: "",
                sourceCodeSize: code.length,
                version: "$LATEST",
                architectures: ["x86_64"],
                codeSha256: hash,
                sourceCodeHash: hash,
                ephemeralStorage: { size: 512 },
                loggingConfig: { logFormat: "Text", logGroup: `/aws/lambda/${id}` },
                tracingConfig: { mode: "PassThrough" },
                memorySize: 128,
                packageType: "Zip",
                reservedConcurrentExecutions: -1,
                timeout: 3,
            };
        },
        name: "name",
        exists: "ResourceConflictException",
        refersTo: {
            role: { type: ROLE, weak: true, notFound: INVALID },
            kmsKeyArn: { type: KEY, weak: true, notFound: INVALID },
            s3Bucket: { type: BUCKET, weak: true, notFound: INVALID },
            // The network interfaces of the function are in them.
            "vpcConfig.subnetIds": SUBNET,
            "vpcConfig.securityGroupIds": SECURITY_GROUP,
        },
        rejects: functionRules,
        conflicts: [roleIsNotForLambda],
        updateConflicts: [roleIsNotForLambda],
        cascadeDelete: ({ entity, all }) => [
            ...all(PERMISSION).filter(({ inputs }) => isOf(entity, inputs.function)),
            ...all(FUNCTION_URL).filter(({ inputs }) => isOf(entity, inputs.functionName)),
        ],
        notFound: "ResourceNotFoundException",
    },
    [PERMISSION]: {
        // The provider's id is the statement's. Two functions may have the same, and an account here tells resources of a type apart by their ids.
        id: ({ inputs }) => `${inputs.text("function")}/${inputs.text("statementId")}`,
        name: "statementId",
        within: "function",
        exists: "ResourceConflictException",
        refersTo: { function: { type: FUNCTION, weak: true } },
        rejects: [
            /** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
            malformed(
                "action",
                /^(lambda:([*]|[A-Za-z]+[*]?)|[*])$/,
                "an action of Lambda's, such as lambda:InvokeFunction",
                "ValidationException",
            ),
        ],
        notFound: "ResourceNotFoundException",
    },
    [FUNCTION_URL]: {
        id: ({ inputs }) => [inputs.text("functionName"), inputs.text("qualifier")].filter(Boolean).join("/"),
        outputs: ({ inputs, region, accountId, find, hex, partition }) => {
            const name = find(FUNCTION, inputs.text("functionName"))?.id ?? inputs.text("functionName");
            const urlId = hex(32);
            return {
                functionArn: `arn:${partition}:lambda:${region}:${accountId}:function:${name}`,
                functionUrl: `https://${urlId}.lambda-url.${region}.on.aws/`,
                urlId,
            };
        },
        refersTo: { functionName: { type: FUNCTION, weak: true } },
        unique: [
            {
                /** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html */
                code: "ResourceConflictException",
                at: "functionName",
                key: ({ inputs }) => `${inputs.text("functionName")} ${inputs.text("qualifier")}`,
                say: (inputs) => `FunctionUrlConfig exists for this Lambda function ${inputs.text("functionName")}`,
            },
        ],
        notFound: "ResourceNotFoundException",
    },
};

function isOf({ id, outputs }: { id: string; outputs: { arn?: unknown } }, handle: unknown): boolean {
    return handle === id || handle === outputs.arn;
}
