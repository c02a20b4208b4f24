import { createHash } from "node:crypto";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { Role, RolePolicyAttachment } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

/** A role that an AWS service assumes, with AWS managed policies attached. */
export class ServiceRole extends pulumi.ComponentResource {
    readonly role: Role;
    readonly attachments: RolePolicyAttachment[];

    constructor(
        name: string,
        args: {
            service: string;
            description?: string;
            /** The names of AWS managed policies. */
            policies: string[];
            actions: string[];
            tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
        },
        options: pulumi.ComponentResourceOptions,
    ) {
        super("eks:index:ServiceRole", name, {}, options);
        this.role = new Role(
            `${name}-role`,
            {
                description: args.description,
                assumeRolePolicy: JSON.stringify({
                    Version: "2012-10-17",
                    Statement: [{ Action: args.actions, Effect: "Allow", Principal: { Service: [args.service] } }],
                }),
                tags: args.tags,
            },
            { parent: this },
        );
        const { partition } = getPartitionOutput({}, { parent: this });
        this.attachments = args.policies.map((policy) => {
            // The components name an attachment after its policy.
            const suffix = createHash("sha1").update(`arn:aws:iam::aws:policy/${policy}`).digest("hex").slice(0, 8);
            const policyArn = pulumi.interpolate`arn:${partition}:iam::aws:policy/${policy}`;
            return new RolePolicyAttachment(`${name}-${suffix}`, { policyArn, role: this.role.name }, { parent: this });
        });
        this.registerOutputs();
    }
}
