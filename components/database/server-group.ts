import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Component } from "../component";
import { nameLimits } from "../naming";
import { transformed } from "../transform";
import { problemAt, throwIfInvalid } from "../validation";
import type { DatabaseTransforms } from "./args";
import type { DatabaseServersArgs } from "./servers";

/** What instances and clusters have in common: where they stand, and the parameters of each instance. */
export abstract class ServerGroup extends Component {
    protected readonly args: DatabaseServersArgs;

    /** `transforms` are those that these servers have children for. */
    protected constructor(
        type: `plinth:database:${string}`,
        name: string,
        args: DatabaseServersArgs,
        transforms: readonly (keyof DatabaseTransforms)[],
        options?: pulumi.ComponentResourceOptions,
    ) {
        const unknownNames = Object.keys(args.transform ?? {}).filter(
            (child) => !transforms.some((known) => known === child) && !(child === "proxy" && args.proxy),
        );
        throwIfInvalid(
            `Database "${name}"`,
            unknownNames.map((child) =>
                problemAt(`${name}.transform.${child}`, `${args.engine} has no such child; leave it out`),
            ),
        );
        super(type, name, args, options);
        this.args = args;
    }

    protected createSubnetGroup(): aws.rds.SubnetGroup {
        const args: aws.rds.SubnetGroupArgs = {
            name: this.physicalName(nameLimits.subnetGroup),
            description: "Isolated subnets",
            subnetIds: this.args.network.isolatedSubnetIds,
            tags: this.tags(),
        };
        return new aws.rds.SubnetGroup(
            this.childName("subnet-group"),
            transformed(this.args.transform?.subnetGroup, args),
            this.child,
        );
    }

    protected createParameterGroup(): aws.rds.ParameterGroup {
        const { parameterFamily, parameters } = this.args.plan;
        const args: aws.rds.ParameterGroupArgs = {
            name: this.physicalName(nameLimits.parameterGroup, parameterFamily),
            family: parameterFamily,
            description: `Parameters for ${parameterFamily}`,
            parameters,
            tags: this.tags(parameterFamily),
        };
        return new aws.rds.ParameterGroup(
            this.childName("parameter-group"),
            transformed(this.args.transform?.parameterGroup, args),
            this.child,
        );
    }

    /** The physical identifier of one of the servers, or of all together. */
    protected identifierOf(part?: string): string {
        return this.physicalName(nameLimits.databaseInstance, part);
    }
}
