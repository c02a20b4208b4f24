export const number = "123456789012";
export const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:${number}:${rest}`;
export const roleArn = (name: string) => `arn:aws:iam::${number}:role/${name}`;

/** A policy, one statement after another. */
export const policy = (...statements: object[]) =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements.map((one) => ({ Effect: "Allow", ...one })) });

export const forService = (service: string, more: object = {}) => ({ Principal: { Service: service }, ...more });
export const trust = (service: string, more: object = {}) =>
    policy(forService(service, { Action: ["sts:AssumeRole", "sts:TagSession"], ...more }));
export const root = { Principal: { AWS: `arn:aws:iam::${number}:root` }, Action: "kms:*", Resource: "*" };
export const keyUse = {
    Action: ["kms:GenerateDataKey*", "kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt*"],
    Resource: "*",
};
export const ofAccount = { Condition: { StringEquals: { "aws:SourceAccount": number } } };
export const autoScaling = `arn:aws:iam::${number}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
