import type { CostLine, Estimate } from "./estimate";
import { type PriceTable, priceTable } from "./prices/prices";
import { gp3Baseline } from "./types/databases";

/** A way to pay less, with what it saves in a month. */
export interface Advice {
    readonly title: string;
    /** What to do, and what to think of first. */
    readonly text: string;
    readonly savesUsd: number;
    /** The resources that it is about. */
    readonly resources: readonly string[];
}

/**
 * What one year's commitment without payment in advance saves at least, and three years' at least, by the seeds' own table. AWS's price
 * list has the rate of each class.
 */
const reservedShare = { oneYear: 0.3, threeYears: 0.5 };

/** The family of AWS's own processors beside another family. */
const graviton: Readonly<Record<string, string>> = {
    ...{ t3: "t4g", t3a: "t4g", m5: "m6g", m6i: "m6g", m7i: "m7g" },
    ...{ c5: "c6g", c6i: "c6g", c7i: "c7g", r5: "r6g", r6i: "r6g", r7i: "r7g" },
};

/** Every way that applies to an estimate, the largest saving first. Ways may exclude one another, so their savings do not add up. */
export function advise(estimate: Estimate): Advice[] {
    const table = priceTable(estimate.region);
    if (!table) return [];
    const all = [
        provisionedIops(estimate.lines, table),
        valkey(estimate.lines, table),
        gravitonClasses(estimate.lines, table),
        reserved(estimate.lines),
        idleReplicas(estimate.lines),
        oldBackups(estimate.lines),
        endpoints(estimate.lines, table),
        extendedSupport(estimate.lines, table),
    ];
    return all.filter((advice) => advice.savesUsd > 0.005).sort((one, other) => other.savesUsd - one.savesUsd);
}

/** Whether a price is that of a class of servers, by the hour. */
const isOfClass = (price: string) => /^(rds|rds-multi-az|aurora|aurora-io-optimized|cache|ec2)\//.test(price);

const sum = (lines: readonly CostLine[]) => lines.reduce((total, { monthlyUsd }) => total + monthlyUsd, 0);
const resourcesOf = (lines: readonly CostLine[]) => [...new Set(lines.map(({ resource }) => resource))];

/** What lines would save at other prices; lines whose other price is unknown save nothing. */
function atOtherPrices(lines: readonly CostLine[], table: PriceTable, other: (price: string) => string | undefined) {
    const cheaper = lines.flatMap((line) => {
        const price = table.prices[other(line.price) ?? ""];
        const saved = price === undefined ? 0 : line.monthlyUsd - line.quantity * price.usd;
        return saved > 0 ? [{ line, saved }] : [];
    });
    return {
        savesUsd: cheaper.reduce((total, { saved }) => total + saved, 0),
        resources: resourcesOf(cheaper.map(({ line }) => line)),
    };
}

function valkey(lines: readonly CostLine[], table: PriceTable): Advice {
    return {
        title: "Valkey in the place of Redis OSS",
        text: "the same commands and clients, at a fifth less: set the cache's engine to valkey",
        ...atOtherPrices(lines, table, (price) =>
            price.startsWith("cache/redis/") ? price.replace("redis", "valkey") : undefined,
        ),
    };
}

function gravitonClasses(lines: readonly CostLine[], table: PriceTable): Advice {
    return {
        title: "AWS's own processors (Graviton)",
        text: "managed services run on them as they are; nodes need images for arm64",
        ...atOtherPrices(lines, table, (price) =>
            isOfClass(price)
                ? price.replace(/(?<=[/.])[a-z]+\d[a-z]*(?=\.\w+$)/, (family) => graviton[family] ?? family)
                : undefined,
        ),
    };
}

function provisionedIops(lines: readonly CostLine[], table: PriceTable): Advice {
    const changed = resourcesOf(lines.filter(({ price }) => /^rds-storage(-multi-az)?\/io[12]$/.test(price))).map(
        (resource) => {
            const own = lines.filter((line) => line.resource === resource && /^rds-(storage|iops)/.test(line.price));
            const storage = own.find(({ price }) => price.startsWith("rds-storage"));
            const iops = own.find(({ price }) => price.startsWith("rds-iops"))?.quantity ?? 0;
            const gibibytes = storage?.quantity ?? 0;
            const standby = storage?.price.includes("multi-az") ? "-multi-az" : "";
            const gp3 = gibibytes * (table.prices[`rds-storage${standby}/gp3`]?.usd ?? Number.POSITIVE_INFINITY);
            return { resource, saved: iops <= gp3Baseline(gibibytes).iops ? sum(own) - gp3 : 0 };
        },
    );
    const cheaper = changed.filter(({ saved }) => saved > 0);
    return {
        title: "gp3 in the place of provisioned IOPS",
        text: "gp3 includes as many IOPS (3,000, and 12,000 from 400 GiB); io1 and io2 answer with less delay",
        savesUsd: cheaper.reduce((total, { saved }) => total + saved, 0),
        resources: cheaper.map(({ resource }) => resource),
    };
}

function reserved(lines: readonly CostLine[]): Advice {
    const always = lines.filter(({ price }) => isOfClass(price));
    const threeYears = Math.round(sum(always) * reservedShare.threeYears);
    return {
        title: "reserved instances and savings plans",
        text: `about ${reservedShare.oneYear * 100} % for a year's commitment, and $${threeYears} a month for three years'; commit to what will stay`,
        savesUsd: sum(always) * reservedShare.oneYear,
        resources: resourcesOf(always),
    };
}

function idleReplicas(lines: readonly CostLine[]): Advice {
    const replicas = lines.filter(({ isReplica }) => isReplica);
    return {
        title: "read replicas that nothing reads",
        text: "look at their connections and reads for a week; a standby, not a replica, is what takes over",
        savesUsd: sum(replicas),
        resources: resourcesOf(replicas),
    };
}

function oldBackups(lines: readonly CostLine[]): Advice {
    const backups = lines.filter(({ price }) => ["rds-backup", "aurora-backup", "cache-backup"].includes(price));
    const stored = backups.filter(({ monthlyUsd }) => monthlyUsd > 0);
    return {
        title: "old snapshots",
        text: "automated backups beyond the database's size, and all but the newest snapshot of a cache, are charged: shorten their retention",
        savesUsd: sum(stored),
        resources: resourcesOf(stored),
    };
}

/** Endpoints keep traffic off the NAT gateways, which is worth money only for much of it. */
function endpoints(lines: readonly CostLine[], table: PriceTable): Advice {
    const hours = lines.filter(({ price }) => price === "interface-endpoint/hour");
    const data = lines.filter(({ price }) => price === "interface-endpoint/gb");
    const hasNat = lines.some(({ price }) => price === "nat-gateway/hour");
    const gigabytes = data.reduce((total, { quantity }) => total + quantity, 0);
    const throughNat = gigabytes * (table.prices["nat-gateway/gb"]?.usd ?? Number.POSITIVE_INFINITY);
    return {
        title: "NAT gateways in the place of interface endpoints",
        text: "for little traffic the gateways that are there cost less; endpoints keep calls to AWS inside the network",
        savesUsd: hasNat ? Math.max(0, sum(hours) + sum(data) - throughNat) : 0,
        resources: resourcesOf(hours),
    };
}

function extendedSupport(lines: readonly CostLine[], table: PriceTable): Advice {
    return {
        title: "a version of Kubernetes in standard support",
        text: "upgrade the cluster",
        ...atOtherPrices(lines, table, (price) => (price === "eks/cluster-extended" ? "eks/cluster" : undefined)),
    };
}
