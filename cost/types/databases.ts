import { virtualCpusOf } from "@plinth/components/instance-classes";
import { NotCountedError, type Reader, UnknownInputError } from "../plan/resource";
import { type Charge, HOURS, hourly, type PricedType, type PricingContext, used } from "../priced-type";

const types = {
    instance: "aws:rds/instance:Instance",
    cluster: "aws:rds/cluster:Cluster",
    clusterInstance: "aws:rds/clusterInstance:ClusterInstance",
} as const;

/** The names that users know the engines by. */
const engines: Readonly<Record<string, string>> = { postgres: "PostgreSQL", mysql: "MySQL", mariadb: "MariaDB" };

/**
 * What gp3 storage gives without further charge; from 400 GiB, RDS stripes it over four volumes.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage
 */
export const gp3Baseline = (gibibytes: number) =>
    gibibytes >= 400 ? { iops: 12_000, throughput: 500 } : { iops: 3_000, throughput: 125 };

/** A database instance of RDS: its class, its storage, its backups and Database Insights. A standby doubles the first two. */
const instance: PricedType = {
    reads: [
        ...["engine", "instanceClass", "multiAz", "storageType", "allocatedStorage", "iops", "storageThroughput"],
        ...["backupRetentionPeriod", "databaseInsightsMode", "replicateSourceDb"],
    ],
    follows: ["replicateSourceDb"],
    charges: (own, { usage }) => {
        const source = own.source("replicateSourceDb", types.instance);
        const instanceClass = own.text("instanceClass") ?? source?.text("instanceClass") ?? "";
        const engine = own.text("engine") ?? source?.text("engine") ?? "";
        const multiAz = own.flag("multiAz");
        const standby = multiAz ? "-multi-az" : "";
        const and = multiAz ? ", with a standby" : "";
        const isReplica = own.has("replicateSourceDb");
        const charges = [
            hourly(`rds${standby}/${engine}/${instanceClass}`, `${instanceClass}, ${engines[engine] ?? engine}${and}`),
            ...storage(own, source, standby, and),
            ...insights(own, instanceClass),
        ];
        return [
            ...charges.map((charge) => ({ ...charge, isReplica })),
            ...((own.number("backupRetentionPeriod") ?? 0) > 0
                ? [used("databaseBackupGb", usage.databaseBackupGb, "rds-backup", "backups beyond the database's size")]
                : []),
        ];
    },
};

function storage(own: Reader, source: Reader | undefined, standby: string, and: string): Charge[] {
    const type = own.text("storageType") ?? source?.text("storageType") ?? "gp2";
    const gibibytes = own.number("allocatedStorage") ?? source?.number("allocatedStorage");
    // A restored one may have what its snapshot says.
    if (gibibytes === undefined) throw new UnknownInputError("allocatedStorage");
    const chosen = { iops: own.number("iops") ?? 0, throughput: own.number("storageThroughput") ?? 0 };
    const included = type === "gp3" ? gp3Baseline(gibibytes) : { iops: 0, throughput: 0 };
    const iops = Math.max(0, chosen.iops - included.iops);
    const throughput = Math.max(0, chosen.throughput - included.throughput);
    return [
        { price: `rds-storage${standby}/${type}`, quantity: gibibytes, what: `${type} storage${and}` },
        ...(iops > 0 ? [{ price: `rds-iops${standby}/${type}`, quantity: iops, what: `IOPS of ${type}${and}` }] : []),
        ...(throughput > 0
            ? [{ price: `rds-throughput${standby}/${type}`, quantity: throughput, what: `throughput of ${type}${and}` }]
            : []),
    ];
}

/** The advanced mode is charged by the virtual CPU; the standard one is free. */
function insights(own: Reader, instanceClass: string): Charge[] {
    if (own.text("databaseInsightsMode") !== "advanced") return [];
    const cpus = virtualCpusOf(instanceClass);
    return [
        cpus === undefined
            ? // Of a class that nobody knows the size of, the price of the class itself is asked for: it is missing, and named.
              hourly(`database-insights-advanced/${instanceClass}`, "Database Insights, advanced")
            : hourly("database-insights-advanced/vcpu", "Database Insights, advanced", cpus),
    ];
}

/** An Aurora cluster: its storage, its I/O and its backups. Its servers are priced each. */
const cluster: PricedType = {
    reads: [
        ...["storageType", "dbClusterInstanceClass", "engineMode"],
        // For its servers, which are charged by them.
        ...["serverlessv2ScalingConfiguration", "databaseInsightsMode"],
    ],
    charges: (own, { usage }) => {
        if (own.text("dbClusterInstanceClass") !== undefined || own.text("engineMode") === "serverless")
            throw new NotCountedError("only Aurora clusters of instances, or of Serverless v2, have prices");
        const kind = storageKind(own);
        const io = kind === "standard";
        return [
            used("auroraStorageGb", usage.auroraStorageGb, `aurora-storage/${kind}`, "storage that its servers share"),
            ...(io ? [used("auroraIoMillions", usage.auroraIoMillions, "aurora-io/standard", "I/O requests")] : []),
            used("databaseBackupGb", usage.databaseBackupGb, "aurora-backup", "backups beyond the database's size"),
        ];
    },
};

/** A server of an Aurora cluster: its class, or the capacity that a serverless one uses; and Database Insights. */
const clusterInstance: PricedType = {
    reads: ["instanceClass", "promotionTier"],
    follows: ["clusterIdentifier"],
    charges: (own, { usage }) => {
        const ownCluster = own.source("clusterIdentifier", types.cluster);
        const instanceClass = own.text("instanceClass") ?? "";
        const kind = ownCluster ? storageKind(ownCluster) : "standard";
        const charges =
            instanceClass === "db.serverless"
                ? serverless(kind, ownCluster, usage.auroraCapacityShare)
                : provisioned(kind, ownCluster, instanceClass);
        const isReplica = (own.number("promotionTier") ?? 0) > 0;
        return charges.map((charge) => ({ ...charge, isReplica }));
    },
};

function provisioned(kind: string, ownCluster: Reader | undefined, instanceClass: string): Charge[] {
    const family = kind === "standard" ? "aurora" : "aurora-io-optimized";
    return [
        hourly(`${family}/${instanceClass}`, `${instanceClass}, Aurora`),
        ...(ownCluster ? insights(ownCluster, instanceClass) : []),
    ];
}

/** What it always has, and what it uses above that. */
function serverless(kind: string, ownCluster: Reader | undefined, share: number): Charge[] {
    const { minCapacity = 0, maxCapacity = 0 } = ownCluster?.group("serverlessv2ScalingConfiguration") ?? {};
    const [least, most] = [Number(minCapacity), Number(maxCapacity)];
    const above = (most - least) * share;
    const price = `aurora-acu/${kind}`;
    const advanced = ownCluster?.text("databaseInsightsMode") === "advanced";
    const insightsOf = (acu: number) => ({
        price: "database-insights-advanced/acu",
        quantity: HOURS * acu,
        what: "Database Insights, advanced",
    });
    return [
        hourly(price, `its minimum of ${least} ACU`, least),
        used("auroraCapacityShare", HOURS * above, price, `capacity above its minimum, up to ${most} ACU`),
        ...(advanced ? [{ ...insightsOf(least + above), usage: "auroraCapacityShare" as const }] : []),
    ];
}

const storageKind = (own: Reader) => (own.text("storageType") === "aurora-iopt1" ? "io-optimized" : "standard");

/**
 * A proxy's target: a proxy is charged by the capacity of the servers behind it, at least two virtual CPUs, or eight ACU of
 * serverless ones.
 * @see https://aws.amazon.com/rds/proxy/pricing/
 */
const proxyTarget: PricedType = {
    reads: [],
    follows: ["dbInstanceIdentifier", "dbClusterIdentifier"],
    charges: (own, context) => {
        const classes = classesBehind(own, context);
        const serverlessOnes = classes.filter(({ instanceClass }) => instanceClass === "db.serverless");
        const provisionedOnes = classes.filter(({ instanceClass }) => instanceClass !== "db.serverless");
        const unknownClass = provisionedOnes.find(({ instanceClass }) => virtualCpusOf(instanceClass) === undefined);
        if (unknownClass) return [hourly(`rds-proxy/${unknownClass.instanceClass}`, "proxy, by the class")];
        const cpus = provisionedOnes.reduce((sum, { instanceClass }) => sum + (virtualCpusOf(instanceClass) ?? 0), 0);
        const acu = serverlessOnes.reduce((sum, { leastAcu }) => sum + leastAcu, 0);
        return [
            ...(cpus > 0 ? [hourly("rds-proxy/vcpu", "proxy, by the virtual CPU", Math.max(2, cpus))] : []),
            ...(serverlessOnes.length > 0 ? [hourly("rds-proxy/acu", "proxy, by the ACU", Math.max(8, acu))] : []),
        ];
    },
};

/** The classes of the servers that a proxy's target is, as far as the plan has them. */
function classesBehind(own: Reader, { plan }: PricingContext): { instanceClass: string; leastAcu: number }[] {
    const single = own.source("dbInstanceIdentifier", types.instance);
    if (single) return [{ instanceClass: single.text("instanceClass") ?? "", leastAcu: 0 }];
    const ownCluster = own.source("dbClusterIdentifier", types.cluster);
    if (!ownCluster) throw new NotCountedError("the servers behind it are not in the plan");
    const leastAcu = Number(ownCluster.group("serverlessv2ScalingConfiguration").minCapacity ?? 0);
    return plan
        .filter(
            ({ type, sources }) =>
                type === types.clusterInstance && sources.clusterIdentifier?.includes(ownCluster.resource),
        )
        .map(({ inputs }) => ({ instanceClass: String(inputs.instanceClass), leastAcu }));
}

export const databases: Readonly<Record<string, PricedType>> = {
    [types.instance]: instance,
    [types.cluster]: cluster,
    [types.clusterInstance]: clusterInstance,
    "aws:rds/proxyTarget:ProxyTarget": proxyTarget,
};
