import { type Dialect, dialectOf } from "../engines/engines";
import type { DatabaseEngine } from "../spec";

/** An application of AWS's Serverless Application Repository, at one of its versions. */
export interface RotationApplication {
    applicationId: string;
    semanticVersion: string;
}

const names: Record<Dialect, string> = {
    postgres: "SecretsManagerRDSPostgreSQLRotationSingleUser",
    mysql: "SecretsManagerRDSMySQLRotationSingleUser",
};

/**
 * Where AWS publishes them, and the versions that are known to be there, which are the same for both engines.
 * @see https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-secretsmanager/lib/secret-rotation.ts
 */
const publishers: Record<string, { region: string; account: string; version: string }> = {
    aws: { region: "us-east-1", account: "297356227824", version: "1.1.671" },
    "aws-cn": { region: "cn-north-1", account: "193023089310", version: "1.1.440" },
    "aws-us-gov": { region: "us-gov-west-1", account: "023102451235", version: "1.1.397" },
};

/**
 * The application with AWS's function that gives a user a new password, logged in as that user.
 * @throws Error in a partition where AWS publishes none
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_available-rotation-templates.html
 */
export function rotationApplication(engine: DatabaseEngine, partition: string): RotationApplication {
    const publisher = publishers[partition];
    if (!publisher) throw new Error(`AWS publishes no rotation function in ${partition}; set rotationDays: 0`);
    const { region, account, version } = publisher;
    return {
        applicationId: `arn:${partition}:serverlessrepo:${region}:${account}:applications/${names[dialectOf(engine)]}`,
        semanticVersion: version,
    };
}
