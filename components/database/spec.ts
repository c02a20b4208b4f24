import type { AuroraOptions } from "./aurora/spec";
import type { DatabaseProxySpec } from "./proxy/spec";

/** Kinds of storage of an instance. */
export type InstanceStorageType = "gp2" | "gp3" | "io1" | "io2";

/** Kinds of storage of an Aurora cluster: paid by the request, or dearer and with all requests in it. */
export type AuroraStorageType = "aurora" | "aurora-iopt1";

/** Kinds of storage that RDS has. */
export type DatabaseStorageType = InstanceStorageType | AuroraStorageType;

/** Engines that Aurora has. */
export type AuroraEngine = "aurora-postgresql" | "aurora-mysql";

/** Engines that a database can have. */
export type DatabaseEngine = "postgres" | "mysql" | AuroraEngine;

/** How much Database Insights tells: nothing, the load of the last week, or fifteen months with locks and plans. */
export type DatabaseInsights = "off" | "standard" | "advanced";

/** Who makes the master user's password and keeps it: Plinth, in a secret like the others', or RDS in one of its own. */
export type MasterPassword = "generated" | "managed";

/**
 * A database in plain values. What an engine can't make use of has to be left out: Aurora chooses its storage's size and its
 * standby itself, and an instance has nothing of what Aurora adds.
 */
export interface DatabaseSpec extends AuroraOptions {
    /**
     * The engine: of a primary instance with read replicas, or of an Aurora cluster with a writer and readers.
     * @default postgres
     * @remarks A change replaces the database.
     */
    engine: DatabaseEngine;
    /**
     * The major version; AWS chooses the minor one, and can't make every minor version for ever.
     * @default 16 for PostgreSQL and Aurora PostgreSQL, 8.4 for MySQL, 8.0 for Aurora MySQL (its version 3)
     * @remarks A higher one upgrades in place, with its own parameter groups, where `allowMajorVersionUpgrade` says so. RDS
     * upgrades the read replicas and readers with it.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.VersionPolicy.html
     */
    engineVersion: string;
    /**
     * The class of the primary and of its replicas, or of a cluster's writer and readers.
     * @default by tier: db.t3.micro / db.t3.small / db.r6g.large; for Aurora by tier: db.t4g.medium / db.t4g.large / db.r6g.large,
     * or db.serverless with `serverlessCapacity`
     * @remarks A change takes a few minutes of downtime, less with Multi-AZ.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.html
     */
    instanceClass: string;
    /**
     * Storage to begin with, in GiB: 20 to 65,536, from 100 with io1 and io2. It can grow, never shrink. Not for Aurora,
     * which takes what it needs.
     * @default by tier: 20 / 100 / 500
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
     */
    allocatedStorageGiB?: number;
    /**
     * How far RDS may grow the storage by itself, in GiB: at least a tenth over `allocatedStorageGiB`; 0 for not at all.
     * Not for Aurora.
     * @default by tier: 100 / 500 / 2000
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
     */
    maxAllocatedStorageGiB?: number;
    /**
     * The kind of storage.
     * @default by tier: gp3 / gp3 / io1; for Aurora aurora
     * @remarks Updated in place. Aurora goes to aurora-iopt1 once in thirty days, and back at any time.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.StorageReliability.html#aurora-storage-type
     */
    storageType: DatabaseStorageType;
    /**
     * I/O operations per second that are reserved. io1 and io2 need it; gp3 takes it from 400 GiB on. Not for Aurora.
     * @default by tier: none / none / 3000
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
     */
    iops?: number;
    /**
     * Name of the first database: letters, digits and underscores.
     * @default app
     * @remarks A change replaces the database.
     */
    databaseName: string;
    /**
     * Name of the master user, which owns the schema and makes the other users.
     * @default platform_admin
     * @remarks A change replaces the database.
     */
    masterUsername: string;
    /**
     * The port that is served, 1150 to 65535.
     * @default 5432 for PostgreSQL, 3306 for MySQL
     * @remarks A change restarts the database.
     */
    port: number;
    /**
     * Connections that are let in, at most as many as the instance class carries, or the most capacity of a serverless one.
     * @default by tier: 100 / 100 / 200, or what the class carries where that is less
     * @remarks A change waits for the next restart.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Managing.html#AuroraPostgreSQL.Managing.MaxConnections
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.html#AuroraMySQL.Managing.MaxConnections
     */
    maxConnections: number;
    /**
     * Parameters of the instances besides or in place of Plinth's own, each in the unit that RDS takes: 8 KiB pages, KiB or
     * milliseconds as a plain number, or a formula such as `{DBInstanceClassMemory/32768}`. TLS stays forced.
     * @default none
     * @remarks Those that Plinth does not know wait for the next restart.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ParamValuesRef.html
     */
    parameters: Record<string, string>;
    /**
     * Whether a standby in another zone takes over when the primary fails. It costs as much again. Not for Aurora, where a
     * reader takes over.
     * @default by tier: false / true / true
     */
    multiAz?: boolean;
    /**
     * Read replicas, or a cluster's readers, 0 to 15, spread over the zones, each with its own endpoint. A reader is what
     * takes over when the writer of a cluster fails.
     * @default by tier: 0 / 1 / 2
     */
    readReplicas: number;
    /**
     * Days that automated backups are kept, 0 to 35; 0 turns them off, which prod refuses and Aurora can't.
     * @default by tier: 1 / 7 / 30
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html
     */
    backupRetentionDays: number;
    /**
     * When the daily backup is taken, in UTC; half an hour at least.
     * @default 03:00-04:00
     */
    backupWindow: string;
    /**
     * When AWS may change the database, in UTC; half an hour at least, outside the backup window.
     * @default sun:04:00-sun:05:00
     */
    maintenanceWindow: string;
    /**
     * Whether AWS upgrades the minor version in the maintenance window.
     * @default by tier: true / true / false
     */
    autoMinorVersionUpgrade: boolean;
    /**
     * Whether another `engineVersion` may upgrade the database. Take it away again afterwards.
     * @default false
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.PostgreSQL.html
     */
    allowMajorVersionUpgrade: boolean;
    /**
     * Whether AWS goes on supporting a major version after its standard support has ended, for a price by the virtual CPU.
     * Where not, AWS upgrades the database then.
     * @default false
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html
     */
    extendedSupport: boolean;
    /**
     * Whether changes are tried on a copy, which then takes the database's place within a minute. It needs backups, and no
     * read replicas. Not for Aurora.
     * @default false
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/blue-green-deployments.html
     */
    blueGreenUpdates?: boolean;
    /**
     * Whether users that are allowed to may connect with a token of IAM's in place of a password. It takes 300 to 1,000 MiB
     * of memory.
     * @default by tier: false / false / true
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html
     */
    iamAuthentication: boolean;
    /**
     * Whether changes are made at once rather than in the maintenance window.
     * @default by tier: true / true / false
     */
    applyImmediately: boolean;
    /**
     * Whether deleting the database leaves a snapshot, named after it and `final`. A second deletion fails until the
     * snapshot of the first is gone.
     * @default by tier: false / false / true
     */
    finalSnapshot: boolean;
    /**
     * Seconds between measurements of the operating system by Enhanced Monitoring: 1, 5, 10, 15, 30 or 60; 0 for none.
     * They are paid for as logs.
     * @default by tier: 0 / 60 / 60
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.html
     */
    monitoringIntervalSeconds: number;
    /**
     * What Database Insights keeps of the database's load: `standard` keeps seven days of it for nothing, `advanced`
     * fifteen months with locks and execution plans, paid by the virtual CPU.
     * @default by tier: standard / standard / advanced; off for MySQL and Aurora MySQL on a class that has none
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.html
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DatabaseInsights.Engines.html
     */
    insights: DatabaseInsights;
    /**
     * Whether the engine's logs go to CloudWatch, into encrypted log groups.
     * @default true
     */
    exportLogs: boolean;
    /**
     * Days that exported logs are kept: one of the spans that CloudWatch offers.
     * @default by tier: 7 / 30 / 90
     * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
     */
    logRetentionDays: number;
    /**
     * Days before a deleted encryption key is gone, 7 to 30.
     * @default by tier: 7 / 7 / 30
     */
    keyDeletionWindowDays: number;
    /**
     * Days before deleted credentials are gone: 7 to 30, or 0 for at once.
     * @default by tier: 0 / 7 / 30
     */
    secretRecoveryWindowDays: number;
    /**
     * Who makes and keeps the master user's password. With `managed` RDS does, in a secret of its own that holds user name
     * and password alone, and gives it a new password every seven days, or every `rotationDays`. RDS supports that neither
     * with read replicas nor with blue/green updates.
     * @default generated
     * @remarks Updated in place, with a new password. `secretArn` then names the other secret.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
     */
    masterPassword: MasterPassword;
    /**
     * Days after which each user gets a new password, in the database and in its secret, 1 to 1000; 0 for never. The
     * function that does it runs in the private subnets, and needs a way to Secrets Manager from there: NAT, or the
     * interface endpoint `secretsmanager`.
     *
     * From then on nothing writes the secrets but the function, which leaves all fields but the password as they are: what
     * is added later (a replica's host) stands in the outputs only.
     * @default by tier: 0 / 0 / 30
     * @remarks Updated in place; the first rotation comes a span after, never at once. Back at 0, the next change of what a
     * secret holds (a replica, the port) writes it anew with its first password, which the database no longer knows: set it
     * there then, or keep rotating.
     * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
     */
    rotationDays: number;
    /**
     * Puts RDS Proxy before the database, in the isolated subnets and with TLS: clients then share its connections, and a
     * failover is over for them sooner. It leads to the primary instance, or to the writer and the readers of an Aurora
     * cluster; the read replicas of an instance are reached past it. The fields that are left out have defaults: `{}` is a
     * proxy. Paid by the virtual CPU of the database, or by the Aurora capacity unit.
     * @default none: clients connect to the database itself
     * @remarks Given or taken away in place; services are then told another host, and the Job that migrates runs once more.
     * Secrets that are rotated already don't get the proxy's host: it stands in the outputs.
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html
     * @see https://aws.amazon.com/rds/proxy/pricing/
     */
    proxy?: DatabaseProxySpec;
}
