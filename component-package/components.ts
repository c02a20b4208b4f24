import { Database, databaseSettings, Network, networkSettings, Queue, queueSettings } from "@plinth/components";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import type { CommonArgs, DatabaseArgs, NetworkArgs, QueueArgs } from "./args";
import { databaseSpec, networkSpec, protectsByDefault, queueSpec } from "./specs";

type Options = pulumi.ComponentResourceOptions;

/** A component of the package. */
export interface PackagedComponent {
    create(name: string, args: pulumi.Inputs, options: Options): pulumi.ComponentResource;
    /** Its settings, for their defaults. */
    settings: z.ZodObject;
    /** Which of its properties are its outputs. */
    outputs: readonly string[];
}

export const network = {
    create: (name: string, args: NetworkArgs, options: Options): Network => {
        const { dataPorts = [5432, 3306, 6379] } = args;
        return new Network(name, { ...networkSpec(name, args), dataPorts, platform: platformOf(args) }, options);
    },
    settings: networkSettings,
    outputs: [
        "vpcId",
        "vpcCidr",
        "publicSubnetIds",
        "privateSubnetIds",
        "isolatedSubnetIds",
        "availabilityZones",
    ] satisfies (keyof Network)[],
};

export const database = {
    create: (name: string, args: DatabaseArgs, options: Options): Database => {
        const spec = { ...databaseSpec(name, args), network: args.network, platform: platformOf(args) };
        const made = new Database(name, spec, options);
        for (const [client, { securityGroupId, role }] of Object.entries(args.clients ?? {})) {
            if (securityGroupId !== undefined) made.allowFrom({ name: client, securityGroupId, role });
            else if (role !== undefined) made.allowFrom({ name: client, role });
            else
                throw new pulumi.InputPropertyError({
                    propertyPath: `clients.${client}`,
                    reason: "has neither a security group nor a role: give securityGroupId, role, or both",
                });
        }
        return made;
    },
    settings: databaseSettings,
    outputs: [
        "primaryEndpoint",
        "primaryAddress",
        "readerEndpoint",
        "databaseName",
        "port",
        "secretArn",
        "applicationSecretArn",
        "readOnlySecretArn",
        "connectionUrl",
        "securityGroupId",
        "clientSecurityGroupId",
        "kmsKeyId",
        "arn",
        "resourceId",
    ] satisfies (keyof Database)[],
};

export const queue = {
    create: (name: string, args: QueueArgs, options: Options): Queue => {
        const made = new Queue(name, { ...queueSpec(name, args), platform: platformOf(args) }, options);
        for (const [sender, role] of Object.entries(args.senders ?? {})) made.grantSend({ name: sender, role });
        for (const [consumer, role] of Object.entries(args.consumers ?? {}))
            made.grantConsume({ name: consumer, role });
        return made;
    },
    settings: queueSettings,
    outputs: [
        "queueUrl",
        "queueArn",
        "queueName",
        "deadLetterQueueUrl",
        "deadLetterQueueArn",
        "kmsKeyId",
    ] satisfies (keyof Queue)[],
};

/** The components by their tokens, which are the types that they have in any program. */
export const components: Record<string, PackagedComponent> = {
    "plinth:network:Network": network,
    "plinth:database:Database": database,
    "plinth:queue:Queue": queue,
};

function platformOf(args: CommonArgs) {
    const {
        namePrefix = `${pulumi.getProject()}-${pulumi.getStack()}`,
        tags = {},
        protect = protectsByDefault(args),
    } = args;
    return { namePrefix, tags, protect };
}
