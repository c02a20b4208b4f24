import { classes } from "./classes";
import { gigabyteMonth, hour, iopsMonth, type PriceRule } from "./rule";

const common = { offer: "AmazonRDS" } as const;
const engines = { postgres: "PostgreSQL", mysql: "MySQL" };

/** Prices of storage are those of any engine: some regions list them once, others for each, at one price. */
const anyEngine = ["Any", ...Object.values(engines)];
/** One table is for both: where their prices differ, none is taken. */
const aurora = ["Any", "Aurora PostgreSQL", "Aurora MySQL"];

/** A database without a standby, and one with it, for which everything has a name of its own. */
const deployments = [
    { standby: "", prefix: "", option: "Single-AZ", instance: "InstanceUsage:*" },
    { standby: "-multi-az", prefix: "Multi-AZ-", option: "Multi-AZ", instance: "Multi-AZUsage:*" },
] as const;

const instances = deployments.flatMap(({ standby, prefix, option, instance }): PriceRule[] => {
    const where = { "Deployment Option": [option], "Database Engine": anyEngine };
    // AWS's list calls io1 provisioned IOPS, without a number. One copy of it has another name for the storage of io2.
    const storage = {
        gp2: ["GP2-Storage"],
        gp3: ["GP3-Storage"],
        io1: ["PIOPS-Storage"],
        io2: ["PIOPS-Storage-IO2", "IO2-PIOPS-Storage"],
    };
    const iops = { gp3: "GP3-PIOPS", io1: "PIOPS", io2: "IO2-PIOPS" };
    return [
        ...Object.entries(engines).map(([engine, name]) => ({
            ...{ ...common, key: `rds${standby}/${engine}/*`, usage: [instance], classes: classes.database, ...hour },
            where: { "Deployment Option": [option], "Database Engine": [name] },
        })),
        ...Object.entries(storage).map(([type, names]) => ({
            ...{ ...common, key: `rds-storage${standby}/${type}`, where, ...gigabyteMonth },
            usage: names.map((name) => `RDS:${prefix}${name}`),
        })),
        ...Object.entries(iops).map(([type, name]) => ({
            ...{ ...common, key: `rds-iops${standby}/${type}`, usage: [`RDS:${prefix}${name}`], where, ...iopsMonth },
        })),
        {
            ...{ ...common, key: `rds-throughput${standby}/gp3`, usage: [`RDS:${prefix}GP3-Throughput`], where },
            ...{ unit: "MiBps-month", listedBy: ["MBPS-Mo", "MiBps-Mo"] },
        },
    ];
});

/** AWS Backup is charged for snapshots of RDS at the price of RDS itself. */
const backups: readonly PriceRule[] = ["rds-backup", "backup/rds-warm"].map((key) => ({
    ...{ ...common, key, usage: ["RDS:ChargedBackupUsage"], ...gigabyteMonth },
    where: { "Database Engine": anyEngine },
}));

const acuHour = { unit: "hour", listedBy: ["ACU-Hr", "ACU-Hrs"] };

const proxied = { "Database Engine": [...new Set([...anyEngine, ...aurora])] };
const proxies: readonly PriceRule[] = [
    { ...common, key: "rds-proxy/vcpu", usage: ["RDS:ProxyUsage"], where: proxied, ...hour },
    // Its unit was not found in any copy of the list.
    {
        ...{ ...common, key: "rds-proxy/acu", usage: ["RDS:Proxy-ASv2-Usage"], where: proxied },
        ...{ unit: "hour", listedBy: [...acuHour.listedBy, ...hour.listedBy] },
    },
];

const where = { "Database Engine": aurora };
const auroraRules: readonly PriceRule[] = [
    { ...common, key: "aurora/*", usage: ["InstanceUsage:*"], classes: classes.database, where, ...hour },
    {
        ...{ ...common, key: "aurora-io-optimized/*", where, ...hour },
        ...{ usage: ["InstanceUsageIOOptimized:*"], classes: classes.database },
    },
    { ...common, key: "aurora-acu/standard", usage: ["Aurora:ServerlessV2Usage"], where, ...acuHour },
    { ...common, key: "aurora-acu/io-optimized", usage: ["Aurora:ServerlessV2IOOptimizedUsage"], where, ...acuHour },
    { ...common, key: "aurora-storage/standard", usage: ["Aurora:StorageUsage"], where, ...gigabyteMonth },
    {
        ...common,
        key: "aurora-storage/io-optimized",
        usage: ["Aurora:IO-OptimizedStorageUsage"],
        where,
        ...gigabyteMonth,
    },
    {
        ...{ ...common, key: "aurora-io/standard", usage: ["Aurora:StorageIOUsage"], where },
        ...{ unit: "1M requests", times: 1_000_000, listedBy: ["IOs"] },
    },
    { ...common, key: "aurora-backup", usage: ["Aurora:BackupUsage"], where, ...gigabyteMonth },
];

export const databases: readonly PriceRule[] = [...instances, ...backups, ...proxies, ...auroraRules];
