import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { Component, type ComponentArgs } from "../component";
import { nameLimits } from "../naming";
import type { CacheSpec } from "./spec";

type Authentication = Pick<
    CacheSpec,
    "engine" | "authentication" | "authToken" | "authTokenVersion" | "authTokenUpdateStrategy"
>;

export interface CacheCredentialsArgs extends Authentication, ComponentArgs {}

/** Special characters that ElastiCache allows in tokens and that need no escape in a URL's user or an access string. */
const special = "!&#$^<>-";
const secretLength = 64;

/**
 * What the application's user may do: everything except stopping, emptying or reconfiguring the cache. INFO is in the
 * category `dangerous`, and health checks need it.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html#Access-string
 */
const applicationAccess = "on ~* &* +@all -@admin -@dangerous +info";
const noAccess = "off ~* -@all";

/** What the user who monitors may do: ask for statistics and for the nodes of the cluster, and see no key. */
const monitoringAccess =
    "on -@all +ping +info +client|setname +slowlog|len +latency|latest +latency|histogram +cluster|info +cluster|nodes +cluster|slots";

/** How clients authenticate: with a token that all share, or as the application's user of a user group. */
export class CacheCredentials extends Component {
    /** The user to log in as; undefined with a token. */
    public readonly userName: string | undefined;
    /** The token, or the user's password. A secret. */
    public readonly password: pulumi.Output<string>;
    /** The user who may see statistics and no key; undefined with a token. */
    public readonly monitoring: { userName: string; password: pulumi.Output<string> } | undefined;
    /** The arguments of the replication group that configure it. */
    public readonly groupArgs: Pick<
        aws.elasticache.ReplicationGroupArgs,
        "authToken" | "authTokenUpdateStrategy" | "userGroupIds"
    >;
    /** The raw resources: the group of users; undefined with a token. */
    public readonly nodes: { userGroup?: aws.elasticache.UserGroup };

    private readonly args: CacheCredentialsArgs;

    constructor(name: string, args: CacheCredentialsArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:cache:CacheCredentials", name, args, options);
        this.args = args;
        this.password = args.authToken === undefined ? this.generate("token") : pulumi.secret(args.authToken);
        if (args.authentication === "token") {
            this.userName = undefined;
            this.monitoring = undefined;
            this.nodes = {};
            this.groupArgs = { authToken: this.password, authTokenUpdateStrategy: args.authTokenUpdateStrategy };
        } else {
            this.userName = "application";
            this.monitoring = { userName: "monitoring", password: this.generate("monitoring-password") };
            const userGroup = this.createUserGroup(this.userName, this.monitoring);
            this.nodes = { userGroup };
            // AWS accepts a user group only together with DELETE of the token, which is harmless on a cache that never had one.
            this.groupArgs = {
                authTokenUpdateStrategy: "DELETE",
                userGroupIds: [userGroup.userGroupId],
            };
        }
        this.registerOutputs({});
    }

    /** A group needs a user named `default`, which clients without a user name log in as; here it may do nothing. */
    private createUserGroup(
        application: string,
        monitoring: { userName: string; password: pulumi.Output<string> },
    ): aws.elasticache.UserGroup {
        const users = [
            this.createUser("default", noAccess, this.generate("default-password")),
            this.createUser(application, applicationAccess, this.password),
            this.createUser(monitoring.userName, monitoringAccess, monitoring.password),
        ];
        return new aws.elasticache.UserGroup(
            this.childName("user-group"),
            {
                userGroupId: this.physicalName(nameLimits.cacheUser),
                engine: this.args.engine,
                userIds: users.map(({ userId }) => userId),
                tags: this.tags(),
            },
            this.child,
        );
    }

    private createUser(userName: string, accessString: string, password: pulumi.Output<string>): aws.elasticache.User {
        return new aws.elasticache.User(
            this.childName(`${userName}-user`),
            {
                userId: this.physicalName(nameLimits.cacheUser, userName),
                userName,
                accessString,
                engine: this.args.engine,
                authenticationMode: { type: "password", passwords: [password] },
                tags: this.tags(userName),
            },
            this.child,
        );
    }

    private generate(part: string): pulumi.Output<string> {
        const { authTokenVersion } = this.args;
        return new random.RandomPassword(
            this.childName(part),
            { length: secretLength, overrideSpecial: special, keepers: { version: String(authTokenVersion) } },
            this.child,
        ).result;
    }
}
