import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { nameLimits } from "../naming";

export interface GuardedPortArgs extends ComponentArgs {
    vpcId: pulumi.Input<string>;
    /** The one TCP port that is served. */
    port: number;
    /** What is served, for descriptions: "PostgreSQL". A change replaces nothing. */
    service: string;
}

/** The raw resources of a {@link GuardedPort}. */
export interface GuardedPortNodes {
    /** The group of the data store. */
    securityGroup: aws.ec2.SecurityGroup;
    /** The group of the clients. */
    clientSecurityGroup: aws.ec2.SecurityGroup;
}

/**
 * The network side of a data store: a security group that admits only its clients to one port and allows nothing out, and
 * a client group whose members may reach that port and nothing else.
 */
export class GuardedPort extends Component {
    /** The group of the data store. */
    public readonly securityGroupId: pulumi.Output<string>;
    /** The group to put a client into. */
    public readonly clientSecurityGroupId: pulumi.Output<string>;
    /** The raw resources. */
    public readonly nodes: GuardedPortNodes;

    private readonly args: GuardedPortArgs;

    constructor(name: string, args: GuardedPortArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:network:GuardedPort", name, args, options);
        this.args = args;

        // AWS replaces a security group whose description changes, so the descriptions say nothing that may change.
        const server = this.createSecurityGroup("security-group", undefined, "Admits the clients of this data store");
        const client = this.createSecurityGroup("client-security-group", "client", "Clients of a data store");
        this.securityGroupId = server.id;
        this.clientSecurityGroupId = client.id;
        this.nodes = { securityGroup: server, clientSecurityGroup: client };
        this.allowFrom("client-group", client.id);
        new aws.vpc.SecurityGroupEgressRule(
            this.childName("client-egress"),
            {
                securityGroupId: client.id,
                referencedSecurityGroupId: server.id,
                ...this.rule("to-server", "the client group"),
            },
            this.child,
        );
        this.registerOutputs({
            securityGroupId: this.securityGroupId,
            clientSecurityGroupId: this.clientSecurityGroupId,
        });
    }

    /** Opens the port to the members of a security group. */
    allowFrom(clientName: string, securityGroupId: pulumi.Input<string>): void {
        new aws.vpc.SecurityGroupIngressRule(
            this.childName(`from-${clientName}`),
            {
                securityGroupId: this.securityGroupId,
                referencedSecurityGroupId: securityGroupId,
                ...this.rule(`from-${clientName}`, clientName),
            },
            this.child,
        );
    }

    /** Rules are separate resources: inline rules would overwrite each other. */
    private createSecurityGroup(child: string, part: string | undefined, description: string): aws.ec2.SecurityGroup {
        return new aws.ec2.SecurityGroup(
            this.childName(child),
            {
                name: this.physicalName(nameLimits.securityGroup, part),
                description,
                vpcId: this.args.vpcId,
                tags: this.tags(part),
            },
            this.child,
        );
    }

    private rule(part: string, clientName: string) {
        const { port, service } = this.args;
        return {
            ipProtocol: "tcp",
            fromPort: port,
            toPort: port,
            description: `${service} for ${clientName}`,
            tags: this.tags(part),
        };
    }
}
