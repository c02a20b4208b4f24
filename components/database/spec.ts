import type { z } from "zod";
import { byDefault, byEngine, byName, byTier, enumOf, flag, matching, oneOf, settings, text, whole } from "../settings";
import {
    dailyWindow,
    keyDeletionWindowDays,
    logRetentionDays,
    secretRecoveryWindowDays,
    weeklyWindow,
} from "../settings/common";
import { auroraFields } from "./aurora/spec";
import { userSettings } from "./credentials/spec";
import { forInstances } from "./engines/default";
import { databaseProxySettings } from "./proxy/spec";

/** Kinds of storage of an instance. */
export const instanceStorageTypes = ["gp2", "gp3", "io1", "io2"] as const;

/** Kinds of storage of an Aurora cluster: paid by the request, or dearer and with all requests in it. */
export const auroraStorageTypes = ["aurora", "aurora-iopt1"] as const;

/**
 * A database. What an engine can't make use of has to be left out: Aurora chooses its storage's size and its standby itself,
 * and an instance has nothing of what Aurora adds.
 */
export const databaseSettings = settings({
    /**
     * The engine: of a primary instance with read replicas, or of an Aurora cluster with a writer and readers.
     * @remarks A change replaces the database.
     */
    engine: enumOf(["postgres", "mysql", "aurora-postgresql", "aurora-mysql"], "an engine").meta(byDefault("postgres")),
    /**
     * The major version; AWS chooses the minor one, since it does not offer any minor version for ever. Aurora MySQL's 8.0 is
     * its version 3.
     * @remarks A higher one upgrades in place, with its own parameter groups, where `allowMajorVersionUpgrade` says so. RDS
     * upgrades the read replicas and readers with it.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.VersionPolicy.html
     */
    engineVersion: text("a version").meta(
        byEngine({ postgres: "16", mysql: "8.4", "aurora-postgresql": "16", "aurora-mysql": "8.0" }),
    ),
    /**
     * The class of the primary and of its replicas, or of a cluster's writer and readers. The default with
     * `serverlessCapacity` is db.serverless.
     * @remarks A change takes a few minutes of downtime, less with Multi-AZ.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.html
     */
    instanceClass: matching(/^db\.(serverless|[a-z0-9-]+(\.[a-z0-9-]+)+)$/, "an instance class", "db.r6g.large").meta(
        forInstances(
            byTier("db.t3.micro", "db.t3.small", "db.r6g.large"),
            byTier("db.t4g.medium", "db.t4g.large", "db.r6g.large"),
        ),
    ),
    /**
     * Whether a class or version is let pass that is not in AWS's lists, as Plinth has them for the region: for what AWS has had only
     * since. Once the lists have expired, it is let pass in any case, with a warning.
     * @remarks Changes nothing of the database.
     */
    allowUnlisted: flag().meta(byDefault(false)),
    /**
     * Storage to begin with, in GiB; from 100 with io1 and io2. It can grow, never shrink. Not for Aurora, which takes what
     * it needs.
     * @remarks A larger size is an update in place; RDS then allows no other for six hours.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
     */
    allocatedStorageGiB: whole(20, 65_536)
        .optional()
        .meta(forInstances(byTier(20, 100, 500))),
    /**
     * How far RDS may grow the storage by itself, in GiB: at least a tenth over `allocatedStorageGiB`; 0 for not at all.
     * Not for Aurora.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
     */
    maxAllocatedStorageGiB: whole(0, 65_536)
        .optional()
        .meta(forInstances(byTier(100, 500, 2000))),
    /**
     * The kind of storage. Of an Aurora cluster: `aurora` is paid by the request, `aurora-iopt1` costs more and has all
     * requests in its price.
     * @remarks Updated in place. Aurora goes to aurora-iopt1 once in thirty days, and back at any time.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.StorageReliability.html#aurora-storage-type
     */
    storageType: enumOf([...instanceStorageTypes, ...auroraStorageTypes], "a storage type").meta(
        forInstances(byTier("gp3", "gp3", "io1"), "aurora"),
    ),
    /**
     * I/O operations per second that are reserved. io1 and io2 need it; gp3 accepts it from 400 GiB on. Not for Aurora. Another
     * `storageType` than the tier's has none by default.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
     */
    iops: whole(1, 256_000)
        .optional()
        .meta(forInstances(byTier(undefined, undefined, 3000))),
    /**
     * Name of the first database: up to 63 letters, digits and underscores, a letter first.
     * @remarks A change replaces the database.
     */
    databaseName: matching(/^[A-Za-z][A-Za-z0-9_]{0,62}$/, "the name of a database", "app")
        .meta({ allowed: "up to 63 letters, digits and underscores, a letter first" })
        .meta(byDefault("app")),
    /**
     * Name of the master user, which owns the schema and makes the other users.
     * @remarks A change replaces the database.
     */
    masterUsername: matching(/^[A-Za-z][A-Za-z0-9_]*$/, "the name of a user", "platform_admin")
        .meta({ allowed: "letters, digits and underscores, a letter first" })
        .meta(byDefault("platform_admin")),
    /** The users besides the master: who they are, and whether they are there. */
    users: userSettings,
    /**
     * The port that is served.
     * @remarks A change restarts the database.
     */
    port: whole(1150, 65_535).meta(
        byEngine({ postgres: 5432, mysql: 3306, "aurora-postgresql": 5432, "aurora-mysql": 3306 }),
    ),
    /**
     * Connections that are let in, at most as many as the instance class carries, or the most capacity of a serverless one. The
     * default is never more than these.
     * @remarks A change waits for the next restart.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Managing.html#AuroraPostgreSQL.Managing.MaxConnections
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.html#AuroraMySQL.Managing.MaxConnections
     */
    maxConnections: whole(6, 65_535).meta(byTier(100, 100, 200)),
    /**
     * Parameters of the instances besides or in place of Plinth's own, each in the unit that RDS expects: 8 KiB pages, KiB or
     * milliseconds as a plain number, or a formula such as `{DBInstanceClassMemory/32768}`. TLS stays forced.
     * @remarks Those that Plinth does not know wait for the next restart.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ParamValuesRef.html
     */
    parameters: byName(text("the value of a parameter")).meta(byDefault({})),
    /**
     * Whether a standby in another zone takes over when the primary fails. It doubles the price. Not for Aurora, where a
     * reader takes over.
     * @remarks Updated in place.
     */
    multiAz: flag()
        .optional()
        .meta(forInstances(byTier(false, true, true))),
    /**
     * Read replicas, or a cluster's readers, spread over the zones, each with its own endpoint. A reader is what takes over
     * when the writer of a cluster fails.
     * @remarks Replicas are created and deleted one by one.
     */
    readReplicas: whole(0, 15).meta(byTier(0, 1, 2)),
    /**
     * Days that automated backups are kept; 0 turns them off, which prod refuses and Aurora can't.
     * @remarks Updated in place; fewer days delete what is older.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html
     */
    backupRetentionDays: whole(0, 35).meta(byTier(1, 7, 30)),
    /**
     * When the daily backup is taken, in UTC.
     * @remarks Updated in place.
     */
    backupWindow: dailyWindow(30, "03:00-04:00").meta(byDefault("03:00-04:00")),
    /**
     * When AWS may change the database, in UTC, outside the backup window.
     * @remarks Updated in place.
     */
    maintenanceWindow: weeklyWindow(30, "sun:04:00-sun:05:00").meta(byDefault("sun:04:00-sun:05:00")),
    /**
     * Whether AWS upgrades the minor version in the maintenance window.
     * @remarks Updated in place.
     */
    autoMinorVersionUpgrade: flag().meta(byTier(true, true, false)),
    /**
     * Whether another `engineVersion` may upgrade the database. Take it away again afterwards.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.PostgreSQL.html
     */
    allowMajorVersionUpgrade: flag().meta(byDefault(false)),
    /**
     * Whether AWS goes on supporting a major version after its standard support has ended, for a price by the virtual CPU.
     * Where not, AWS upgrades the database then. With it, `engineVersion` may be one that is in extended support: of PostgreSQL from
     * 13 on, of MySQL from 8.0 on.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html
     */
    extendedSupport: flag().meta(byDefault(false)),
    /**
     * Whether changes are tried on a copy, which then takes the database's place within a minute. It needs backups, and no
     * read replicas. Not for Aurora.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/blue-green-deployments.html
     */
    blueGreenUpdates: flag().optional().meta(forInstances(false)),
    /**
     * Whether users that are allowed to may connect with an IAM token in place of a password. It takes 300 to 1,000 MiB
     * of memory.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html
     */
    iamAuthentication: flag().meta(byTier(false, false, true)),
    /**
     * Whether changes are made at once rather than in the maintenance window.
     * @remarks Updated in place.
     */
    applyImmediately: flag().meta(byTier(true, true, false)),
    /**
     * Whether deleting the database leaves a snapshot, named after it and `final`. A second deletion fails until the
     * snapshot of the first is gone.
     * @remarks Updated in place.
     */
    finalSnapshot: flag().meta(byTier(false, false, true)),
    /**
     * Seconds between measurements of the operating system by Enhanced Monitoring; 0 for none. They are paid for as logs.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.html
     */
    monitoringIntervalSeconds: oneOf([0, 1, 5, 10, 15, 30, 60], "an interval that RDS has").meta(byTier(0, 60, 60)),
    /**
     * What Database Insights keeps of the database's load: `standard` keeps seven days of it at no cost, `advanced`
     * fifteen months with locks and execution plans, paid by the virtual CPU. The default for MySQL and Aurora MySQL on a class
     * that has none is off.
     * @remarks Updated in place.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.html
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DatabaseInsights.Engines.html
     */
    insights: enumOf(["off", "standard", "advanced"], "a mode of Database Insights").meta(
        byTier("standard", "standard", "advanced"),
    ),
    /**
     * Whether the engine's logs go to CloudWatch, into encrypted log groups.
     * @remarks Updated in place; turned off, the log groups are deleted with their events.
     */
    exportLogs: flag().meta(byDefault(true)),
    /**
     * Days that exported logs are kept.
     * @remarks Updated in place; a shorter time deletes what is older.
     */
    logRetentionDays: logRetentionDays().meta(byTier(7, 30, 90)),
    /**
     * Days between asking AWS to delete one of the database's keys and its end.
     * @remarks Updated in place.
     */
    keyDeletionWindowDays,
    /**
     * Days in which deleted credentials can be taken back; 0 deletes them at once.
     * @remarks Updated in place.
     */
    secretRecoveryWindowDays,
    /**
     * Who makes and keeps the master user's password: Plinth, in a secret like the others, or RDS (`managed`), in a secret of
     * its own that holds user name and password alone. RDS changes it every seven days, or every `rotationDays`. RDS supports
     * that neither with read replicas nor with blue/green updates.
     * @remarks Updated in place, with a new password. `secretArn` then names the other secret.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
     */
    masterPassword: enumOf(["generated", "managed"], "a way to keep a password").meta(byDefault("generated")),
    /**
     * Certificates, in PEM, of the authorities that sign the servers' certificates. With them the Job that creates the
     * database's users, and what monitors it, also verify which database it is, not only that the connection is encrypted.
     * @remarks Changes nothing of the database. The Job runs once more, and the monitoring of the database restarts.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
     */
    authorities: text("certificates in PEM").optional(),
    /**
     * Days after which each user gets a new password, in the database and in its secret; 0 for never. The
     * function that does it runs in the private subnets, and needs a route to Secrets Manager from there: NAT, or the
     * interface endpoint `secretsmanager`.
     *
     * From then on nothing writes the secrets but the function, which leaves all fields but the password as they are: what
     * is added later (a replica's host) is in the outputs only.
     * @remarks Updated in place; the first rotation comes that many days later, never at once. Back at 0, the next change of
     * what a secret holds (a replica, the port) writes it anew with its first password, which the database no longer knows: set
     * it there then, or keep rotating.
     * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
     */
    rotationDays: whole(0, 1000).meta(byTier(0, 0, 30)),
    /**
     * Puts RDS Proxy before the database, in the isolated subnets and with TLS: clients then share its connections, and a
     * failover is over for them sooner. It leads to the primary instance, or to the writer and the readers of an Aurora
     * cluster; the read replicas of an instance are reached past it. `{}` is a proxy with the defaults. Paid by the virtual CPU
     * of the database, or by the Aurora capacity unit.
     * @remarks Given or taken away in place; services are then told another host, and the Job that migrates runs once more.
     * Secrets that are rotated already don't get the proxy's host: it is in the outputs.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html
     * @see https://aws.amazon.com/rds/proxy/pricing/
     */
    proxy: databaseProxySettings.optional(),
    ...auroraFields,
});

export type DatabaseSpec = z.output<typeof databaseSettings>;

/** Kinds of storage that RDS has. */
export type DatabaseStorageType = DatabaseSpec["storageType"];
export type InstanceStorageType = (typeof instanceStorageTypes)[number];
export type AuroraStorageType = (typeof auroraStorageTypes)[number];

/** Engines that a database can have. */
export type DatabaseEngine = DatabaseSpec["engine"];

/** Engines that Aurora has. */
export type AuroraEngine = Extract<DatabaseEngine, `aurora-${string}`>;

/** How much Database Insights keeps. */
export type DatabaseInsights = DatabaseSpec["insights"];

/** Who makes and keeps the master user's password. */
export type MasterPassword = DatabaseSpec["masterPassword"];
