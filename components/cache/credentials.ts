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

/** Special characters that ElastiCache takes in tokens and that need no escape in a URL's user or an access string. */
const special = "!&#$^<>-";
const secretLength = 64;

/**
 * What the application's user may do: everything but what stops, empties or reconfigures the cache. INFO counts as
 * dangerous, and health checks need it.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html#Access-string
 */
const applicationAccess = "on ~* &* +@all -@admin -@dangerous +info";
const noAccess = "off ~* -@all";

/** How clients authenticate: a token that all share, or the application's user of a user group. */
export class CacheCredentials extends Component {
    /** The user to log in as; undefined with a token. */
    public readonly userName: string | undefined;
    /** The token, or the user's password. A secret. */
    public readonly password: pulumi.Output<string>;
    /** What the replication group is told of it. */
    public readonly groupArgs: Pick<
        aws.elasticache.ReplicationGroupArgs,
        "authToken" | "authTokenUpdateStrategy" | "userGroupIds"
    >;

    private readonly args: CacheCredentialsArgs;

    constructor(name: string, args: CacheCredentialsArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:cache:CacheCredentials", name, args, options);
        this.args = args;
        this.password = args.authToken === undefined ? this.generate("token") : pulumi.secret(args.authToken);
        if (args.authentication === "token") {
            this.userName = undefined;
            this.groupArgs = { authToken: this.password, authTokenUpdateStrategy: args.authTokenUpdateStrategy };
        } else {
            this.userName = "application";
            // AWS takes a user group only if told to drop the token; a cache that never had one doesn't mind.
            this.groupArgs = {
                authTokenUpdateStrategy: "DELETE",
                userGroupIds: [this.createUserGroup(this.userName).userGroupId],
            };
        }
        this.registerOutputs({});
    }

    /** A group needs a user named `default`, whom clients are that name none; here it may do nothing. */
    private createUserGroup(application: string): aws.elasticache.UserGroup {
        const users = [
            this.createUser("default", noAccess, this.generate("default-password")),
            this.createUser(application, applicationAccess, this.password),
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
