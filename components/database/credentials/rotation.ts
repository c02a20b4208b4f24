import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../../component";
import type { SecretValue } from "../../encryption";
import { LogGroups } from "../../logs";
import { nameLimits } from "../../naming";
import type { DataNetwork } from "../../network";
import type { DatabaseSpec } from "../spec";
import { excludedCharacters } from "./credentials";
import { rotationApplication } from "./rotation-application";

export interface DatabaseRotationArgs
    extends ComponentArgs,
        Pick<DatabaseSpec, "engine" | "rotationDays" | "logRetentionDays" | "keyDeletionWindowDays"> {
    network: DataNetwork;
    /** The group whose members reach the database. */
    clientSecurityGroupId: pulumi.Input<string>;
    /** The key of the secrets. */
    keyArn: pulumi.Input<string>;
    /** The secrets to rotate, by their part of names. */
    secrets: Record<string, SecretValue>;
    /** The master user's secret where RDS manages it: RDS rotates it, at the interval set here. */
    managedSecretArn?: pulumi.Output<string>;
}

/**
 * Gives each user a new password every `rotationDays`, in the database and in its secret, with AWS's rotation function. It
 * runs in the private subnets, logs in as the user itself and keeps all other fields of the secret.
 *
 * Nothing is rotated immediately: the application's and the read-only user may not exist yet. If one still does not exist
 * when its rotation is due, the function fails and logs it, and the secret is unchanged.
 *
 * Costs one dollar a month for the key of its log.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda.html
 */
export class DatabaseRotation extends Component {
    /** ARN of the rotation function. */
    public readonly functionArn: pulumi.Output<string>;
    public readonly functionName: string;

    private readonly args: DatabaseRotationArgs;

    constructor(name: string, args: DatabaseRotationArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:database:DatabaseRotation", name, args, options);
        this.args = args;
        this.functionName = this.physicalName(nameLimits.lambdaFunction, "rotation");
        const logs = this.createLogGroup(this.functionName);
        const { group, egress } = this.createSecurityGroup();
        const application = this.createApplication(this.functionName, group, [logs, egress]);
        this.functionArn = application.outputs.apply((outputs) => outputs.RotationLambdaARN ?? "");
        for (const [part, secret] of Object.entries(args.secrets))
            this.schedule(part, secret.secretArn, this.functionArn);
        if (args.managedSecretArn) this.schedule("master", args.managedSecretArn);
        this.registerOutputs({ functionArn: this.functionArn });
    }

    private schedule(part: string, secretId: pulumi.Input<string>, rotationLambdaArn?: pulumi.Input<string>): void {
        new aws.secretsmanager.SecretRotation(
            this.childName(part),
            {
                secretId,
                rotationLambdaArn,
                rotateImmediately: false,
                rotationRules: { automaticallyAfterDays: this.args.rotationDays },
            },
            this.child,
        );
    }

    /** Without it Lambda creates the group, without a key and without an end of retention. */
    private createLogGroup(functionName: string): LogGroups {
        const args = {
            ...this.shared,
            purpose: `the log of what rotates the credentials of ${this.displayName()}`,
            keyPart: "rotation-logs",
            names: { rotation: `/aws/lambda/${functionName}` },
            retentionDays: this.args.logRetentionDays,
            keyDeletionWindowDays: this.args.keyDeletionWindowDays,
        };
        return new LogGroups(this.childName("logs"), args, this.child);
    }

    /** Lets the function call Secrets Manager: through its interface endpoint, or over NAT where there is none. */
    private createSecurityGroup() {
        const { network } = this.args;
        const group = new aws.ec2.SecurityGroup(
            this.childName("security-group"),
            {
                name: this.physicalName(nameLimits.securityGroup, "rotation"),
                description: "Rotates the credentials of a data store",
                vpcId: network.vpcId,
                tags: this.tags("rotation"),
            },
            this.child,
        );
        const endpoints = network.interfaceEndpoints;
        const egress = new aws.vpc.SecurityGroupEgressRule(
            this.childName("egress"),
            {
                securityGroupId: group.id,
                ...(endpoints?.services.includes("secretsmanager")
                    ? { referencedSecurityGroupId: endpoints.securityGroupId }
                    : { cidrIpv4: "0.0.0.0/0" }),
                ipProtocol: "tcp",
                fromPort: 443,
                toPort: 443,
                description: "HTTPS to Secrets Manager",
                tags: this.tags("rotation"),
            },
            this.child,
        );
        return { group, egress };
    }

    private createApplication(
        functionName: string,
        group: aws.ec2.SecurityGroup,
        dependsOn: pulumi.Resource[],
    ): aws.serverlessrepository.CloudFormationStack {
        const { engine, network, clientSecurityGroupId, keyArn } = this.args;
        const { partition, dnsSuffix, region } = this.awsContext;
        const application = partition.apply((known) => rotationApplication(engine, known));
        const listed = (ids: pulumi.Input<string>[]) => pulumi.all(ids).apply((known) => known.join(","));
        return new aws.serverlessrepository.CloudFormationStack(
            this.childName("function"),
            {
                name: this.physicalName(nameLimits.rotationStack, "rotation"),
                applicationId: application.applicationId,
                semanticVersion: application.semanticVersion,
                capabilities: ["CAPABILITY_IAM", "CAPABILITY_RESOURCE_POLICY"],
                parameters: {
                    endpoint: pulumi.interpolate`https://secretsmanager.${region}.${dnsSuffix}`,
                    functionName,
                    vpcSubnetIds: listed(network.privateSubnetIds ?? []),
                    vpcSecurityGroupIds: listed([clientSecurityGroupId, group.id]),
                    kmsKeyArn: keyArn,
                    excludeCharacters: excludedCharacters,
                },
                tags: this.tags("rotation"),
            },
            { ...this.child, dependsOn },
        );
    }
}
