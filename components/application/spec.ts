/** What the workloads of a platform share, in plain values. */
export interface ApplicationSpec {
    /**
     * The namespace that they share: lower-case letters, digits and hyphens.
     * @default app
     * @remarks A change replaces the namespace and everything in it.
     */
    namespace: string;
    /**
     * Entries of the ConfigMap `app-config` besides Plinth's own. Never a secret: whoever may look at the namespace can read
     * them.
     * @default none
     */
    configuration: Record<string, string>;
    /**
     * What brings the database's schema up to date before the services roll out.
     * @default none
     */
    migration?: MigrationSpec;
    /**
     * The image whose `psql` or `mysql` makes the application's and the read-only user. It has a version and never `latest`.
     * @default public.ecr.aws/docker/library/postgres:17.6-alpine3.22 or public.ecr.aws/docker/library/mysql:8.4.6
     */
    databaseClientImage: string;
    /**
     * Certificates, in PEM, of the authorities that sign the database's. With them the Jobs that use the database also make
     * sure that it is the one they mean, not only that the connection is encrypted.
     * @default none
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
     */
    databaseAuthorities?: string;
    /**
     * Seconds after which a secret that was changed in Secrets Manager by someone else than Plinth is in the cluster too, 30
     * or more. Each look at a secret is a call that AWS charges for.
     * @default 300
     * @see https://aws.amazon.com/secrets-manager/pricing/
     */
    secretRefreshSeconds: number;
    /**
     * To replace the generated JWT_SECRET, give the next number. Tokens that were signed with the old one end then.
     * @default 1
     */
    jwtSecretVersion: number;
    /**
     * Days before a deleted encryption key is gone, 7 to 30.
     * @default by tier: 7 / 7 / 30
     */
    keyDeletionWindowDays: number;
    /**
     * Days before the deleted JWT_SECRET is gone: 7 to 30, or 0 for at once.
     * @default by tier: 0 / 7 / 30
     */
    secretRecoveryWindowDays: number;
}

/**
 * A migration of the database's schema: a Job that runs as the application's user with the variables of `app-config` and
 * `platform-database`, once for each change of what is said here.
 */
export interface MigrationSpec {
    /**
     * The image, with a tag other than `latest` or with a digest.
     * @remarks Another image is another Job: the migration runs before the services roll out.
     */
    image: string;
    /** The command and its arguments. */
    command: string[];
    /**
     * The user that the container runs as, a number from 1.
     * @default none: the image's own, which has to be a number other than 0
     */
    userId?: number;
    /**
     * Seconds after which the migration is stopped and counts as failed, 1 to 86400.
     * @default 600
     */
    timeoutSeconds: number;
    /**
     * How often a failed migration is tried again, 0 to 10, before it counts as failed.
     * @default 2
     */
    retries: number;
    /**
     * To run the same migration once more, give the next number.
     * @default 1
     */
    run: number;
}
