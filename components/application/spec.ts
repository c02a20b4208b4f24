import type { z } from "zod";
import { byDefault, byEngine, byName, listOf, matching, settings, text, whole } from "../settings";
import { keyDeletionWindowDays, secretRecoveryWindowDays } from "../settings/common";

/**
 * A migration of the database's schema: a Job that runs as the application's user with the variables of `app-config` and
 * `platform-database`, once for each change of what is said here.
 */
const migration = settings({
    /**
     * The image, with a tag other than `latest` or with a digest.
     * @remarks Another image is another Job: the migration runs before the services roll out.
     */
    image: text("an image, like registry.example.com/backend:1.4.2"),
    /**
     * The command and its arguments: `["alembic", "upgrade", "head"]`.
     * @remarks Another command is another Job.
     */
    command: listOf(text("the program or one of its arguments")),
    /**
     * The user that the container runs as, as a number. Left out, it is the image's own, which has to be a number other than 0.
     * @remarks Another user is another Job.
     */
    userId: whole(1, 2_147_483_647).optional(),
    /**
     * Seconds after which the migration is stopped and counts as failed.
     * @remarks A change is another Job.
     */
    timeoutSeconds: whole(1, 86_400).meta(byDefault(600)),
    /**
     * How often a failed migration is tried again before it counts as failed.
     * @remarks A change is another Job.
     */
    retries: whole(0, 10).meta(byDefault(2)),
    /**
     * To run the same migration once more, give the next number.
     * @remarks A change is another Job.
     */
    run: whole(1, 1_000_000).meta(byDefault(1)),
});

/** What the services share. */
export const applicationSettings = settings({
    /**
     * The namespace that they share: lower-case letters, digits and hyphens.
     * @remarks A change replaces the namespace and everything in it.
     */
    namespace: matching(
        /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
        "a namespace (up to 63 lower-case letters, digits and hyphens, a letter first and no hyphen last)",
        "app",
    ).meta(byDefault("app")),
    /**
     * Entries of the ConfigMap `app-config` besides Plinth's own. Never a secret: everyone who may look at the namespace can
     * read them.
     * @remarks Updated in place; the services' pods are rolled out anew.
     */
    configuration: byName(text()).meta(byDefault({})),
    /**
     * What brings the database's schema up to date before the services roll out.
     * @remarks Each change runs it once more.
     */
    migration: migration.optional(),
    /**
     * The image whose `psql` or `mysql` creates the application's and the read-only user, with a version and never `latest`. The
     * defaults are the official images, in the mirror of AWS that needs no account.
     * @remarks A change runs the Job once more.
     * @see https://gallery.ecr.aws/docker/library/postgres
     * @see https://gallery.ecr.aws/docker/library/mysql
     */
    databaseClientImage: text("an image").meta(
        byEngine({
            postgres: "public.ecr.aws/docker/library/postgres:17.6-alpine3.22",
            mysql: "public.ecr.aws/docker/library/mysql:8.4.6",
        }),
    ),
    /**
     * Kubernetes Secrets of the namespace, of the type `kubernetes.io/dockerconfigjson`, with the credentials of private registries
     * such as ghcr.io, for the images of all services and of the migration. Somebody else makes them: External Secrets, or `kubectl create
     * secret docker-registry`. ECR needs none.
     * @remarks Rolled out one pod at a time.
     * @see https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/
     */
    imagePullSecrets: listOf(
        matching(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, "the name of a Kubernetes Secret", "ghcr"),
    ).meta(byDefault([])),
    /**
     * Seconds after which a secret that somebody else than Plinth changed in Secrets Manager is in the cluster too. Each look
     * at a secret is a call that AWS charges for.
     * @remarks Updated in place.
     * @see https://aws.amazon.com/secrets-manager/pricing/
     */
    secretRefreshSeconds: whole(30, 86_400).meta(byDefault(300)),
    /**
     * To replace the generated JWT_SECRET, give the next number. Tokens that were signed with the old one are invalid then.
     * @remarks Updated in place.
     */
    jwtSecretVersion: whole(1, 1_000_000).meta(byDefault(1)),
    /**
     * Days between asking AWS to delete the key of JWT_SECRET and its end.
     * @remarks Updated in place.
     */
    keyDeletionWindowDays,
    /**
     * Days in which the deleted JWT_SECRET can be taken back; 0 deletes it at once.
     * @remarks Updated in place.
     */
    secretRecoveryWindowDays,
});

export type ApplicationSpec = z.output<typeof applicationSettings>;
export type MigrationSpec = z.output<typeof migration>;
