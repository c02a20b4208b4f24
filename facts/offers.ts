import { type DatabaseEngine, facts } from "./data";
import { Offer } from "./offer";

const made = new Map<string, Offer>();

/** An index is made once, when it is first asked for. */
function once(name: string, make: () => Offer): Offer {
    const offer = made.get(name) ?? make();
    made.set(name, offer);
    return offer;
}

/** The instance classes that RDS has for an engine. */
export function databaseClasses(engine: DatabaseEngine): Offer {
    return once(engine, () => new Offer(facts("databases").classes[engine], "db."));
}

/** The node types of ElastiCache. */
export function cacheNodeTypes(): Offer {
    return once("cache", () => new Offer(facts("caches").nodeTypes, "cache."));
}

/** The instance types of EC2. */
export function instanceTypes(): Offer {
    return once("instances", () => new Offer(facts("instances").types, ""));
}

/** The regions of AWS: those that have instances of EC2 or RDS. Isolated partitions publish nothing. */
export function regions(): string[] {
    return [...new Set([...instanceTypes().covered(), ...databaseClasses("postgres").covered()])].sort();
}

export interface Hardware {
    cpus: number;
    memoryMiB: number;
    architecture: "arm64" | "x86_64";
    /** Network interfaces that an instance can have. */
    interfaces: number;
    /** IPv4 addresses of each. */
    addresses: number;
}

/** The hardware of an instance type of EC2; undefined for one that is not known. */
export function hardwareOf(instanceType: string): Hardware | undefined {
    const found = facts("hardware").types[instanceType];
    if (!found) return undefined;
    const [cpus, memoryMiB, architecture, interfaces, addresses] = found;
    return { cpus, memoryMiB, architecture, interfaces, addresses };
}

/**
 * Regions in which an account does not see all zones, or names them otherwise than another, with all letters that occur.
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html
 */
const lettersByAccount: Record<string, string> = { "us-west-1": "abc", "ap-northeast-1": "abcd" };

/** The zones that an account has in a region; undefined where nothing is known of it. */
export function zonesOf(region: string): string[] | undefined {
    return named(region, facts("zones").letters[region]);
}

/**
 * The id of a zone. A letter is another zone in each account, so this is what it is in the account that the facts were taken from.
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html
 */
export function zoneIdOf(zone: string): string {
    const [region, letter] = [zone.slice(0, -1), zone.slice(-1)];
    const pairs = facts("zones").ids[region]?.split(" ") ?? [];
    const found = pairs.find((pair) => pair.startsWith(`${letter}:`));
    return found?.slice(2) ?? `${shortName(region)}-az${letter.charCodeAt(0) - 96}`;
}

/** `use1` for `us-east-1`. */
function shortName(region: string): string {
    return region
        .replace("us-gov", "usg")
        .split("-")
        .map((word) =>
            word.replace(/^(north|south|central|east|west)(east|west)?$/, (_, one, two) => one[0] + (two?.[0] ?? "")),
        )
        .join("");
}

/**
 * The ids of zones in which EKS has no control planes.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
export const zonesWithoutEks: readonly string[] = ["use1-az3", "usw1-az2", "cac1-az3"];

/** Whether some account may have the zone in the region. */
export function isZoneOf(zone: string, region: string): boolean {
    const known = named(region, lettersByAccount[region] ?? facts("zones").letters[region]);
    return known ? known.includes(zone) : zone.slice(0, -1) === region && /[a-f]$/.test(zone);
}

function named(region: string, letters: string | undefined): string[] | undefined {
    return letters?.split("").map((letter) => region + letter);
}
