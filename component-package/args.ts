import type { DatabaseSpec, NetworkSpec, QueueSpec, TierName } from "@plinth/components";
import type * as pulumi from "@pulumi/pulumi";

/* What the components of the package take: their settings, all of which have a default, and what programs in other languages
   can't say by calling a method. schema.json is made from this file. */

/** What every component of the package takes besides its settings. */
export interface CommonArgs {
    /**
     * What the defaults are made for: `dev` is small and leaves nothing behind, `staging` resembles production, `prod` keeps what must not
     * be lost.
     * @default dev
     */
    tier?: TierName;
    /**
     * What physical names begin with.
     * @default the project and the stack: `shop-dev`
     * @remarks A change replaces most of what the component holds.
     */
    namePrefix?: string;
    /**
     * Tags of everything that takes tags.
     * @default none but `Component` and `Name`
     */
    tags?: Record<string, string>;
    /**
     * Whether what holds data or keys is protected against deletion, by Pulumi and by AWS. To delete it, set this to false and
     * update first.
     * @default by tier: false / false / true
     */
    protect?: boolean;
}

export interface NetworkArgs extends CommonArgs, Partial<NetworkSpec> {
    /**
     * The TCP ports of the data stores. The isolated subnets' network ACL admits no other from the rest of the VPC.
     * @default 5432, 3306 and 6379
     * @remarks Updated in place.
     */
    dataPorts?: number[];
}

export interface DatabaseArgs extends CommonArgs, Partial<DatabaseSpec> {
    /** Where it stands: in the isolated subnets. */
    network: DatabaseNetwork;
    /**
     * Who may connect, each by a name of its own, which names the rule and the grant.
     * @default nobody
     */
    clients?: Record<string, DatabaseClient>;
}

/** The network that a database stands in: a `Network` of this package, or any other. */
export interface DatabaseNetwork {
    /** The VPC. */
    vpcId: pulumi.Input<string>;
    /**
     * Subnets without a way out, one for each zone. How many there are has to be known at preview: of a `Network`, list them
     * one by one.
     */
    isolatedSubnetIds: pulumi.Input<string>[];
    /** The zones of those subnets, in the same order. */
    availabilityZones: pulumi.Input<string>[];
    /**
     * Subnets for functions, with a way to AWS's services: for the rotation of passwords.
     * @default none
     */
    privateSubnetIds?: pulumi.Input<string>[];
}

/** What is to use a database: give its security group, its role, or both. */
export interface DatabaseClient {
    /** The security group that the port is opened to. */
    securityGroupId?: pulumi.Input<string>;
    /** The name of the role that may read the application's secret. */
    role?: pulumi.Input<string>;
}

export interface QueueArgs extends CommonArgs, Partial<QueueSpec> {
    /**
     * The names of the roles that may send messages, each by a name of its own, which names the grant.
     * @default none
     */
    senders?: Record<string, pulumi.Input<string>>;
    /**
     * The names of the roles that may receive and delete messages, each by a name of its own, which names the grant.
     * @default none
     */
    consumers?: Record<string, pulumi.Input<string>>;
}
