import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { gunzipSync } from "node:zlib";
import type { Families, InstanceTypeFacts } from "@plinth/facts/data";

/** Names by region: of what AWS offers in each. */
export type ByRegion = Map<string, Set<string>>;

/** The engines of RDS that the platform has. */
export const engines = ["postgres", "mysql", "aurora-postgresql", "aurora-mysql"] as const;
type Engine = (typeof engines)[number];

interface Condition {
    if: { properties: Record<string, { const?: string } | undefined> };
    then: { properties: Record<string, { enum?: string[] } | undefined> };
}

/** The folder of cfn-lint's schemas in its unpacked wheel. */
export const schemasOf = (cfnLint: string) => path.join(cfnLint, "cfnlint/data/schemas");

export const readJson = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

const extension = (cfnLint: string, file: string) => readJson(path.join(schemasOf(cfnLint), "extensions", file));

/** The instance classes of each engine of RDS, by region. */
export function databaseClasses(cfnLint: string): Record<Engine, ByRegion> {
    const regions = regionsIn(extension(cfnLint, "aws_rds_dbinstance/dbinstanceclass_enum.json"));
    const of = (engine: Engine): ByRegion =>
        new Map(
            regions.map(([region, { allOf = [] }]) => {
                const own = allOf.filter((condition) => condition.if.properties.Engine?.const === engine);
                return [region, new Set(own.flatMap(({ then }) => then.properties.DBInstanceClass?.enum ?? []))];
            }),
        );
    return perEngine(of);
}

/** The node types of ElastiCache, by region. */
export function cacheNodeTypes(cfnLint: string): ByRegion {
    const regions = regionsIn(extension(cfnLint, "aws_elasticache_cachecluster/cachenodetype_enum.json"));
    return new Map(regions.map(([region, { enum: names = [] }]) => [region, new Set(names)]));
}

/** The instance types of EC2, by region: those of AWS's price list, and those that EC2 says it offers. */
export function instanceTypes(cfnLint: string, moto: string): ByRegion {
    const priced = regionsIn(extension(cfnLint, "aws_ec2_instance/instancetype_enum.json"));
    const found: ByRegion = new Map(priced.map(([region, { enum: names = [] }]) => [region, new Set(names)]));
    for (const [region, offers] of offerings(moto))
        found.set(region, new Set([...(found.get(region) ?? []), ...offers.map(({ InstanceType }) => InstanceType)]));
    return found;
}

/** The letters of each region's zones. */
export function zones(moto: string): Record<string, string> {
    return Object.fromEntries(
        [...offerings(moto)].map(([region, offers]) => {
            const names = new Set(offers.map(({ Location }) => Location));
            const letters = [...names].filter((name) => name.slice(0, -1) === region).map((name) => name.slice(-1));
            return [region, letters.sort().join("")];
        }),
    );
}

/** The letters of zones and their ids, of the regions in which some account sees them: each account has its own letters. */
export function zoneIds(moto: string): Record<string, string> {
    const source = readFileSync(path.join(moto, "moto/ec2/models/availability_zones_and_regions.py"), "utf8");
    const zone = /Zone\(\s*region_name="([^"]+)",\s*name="([^"]+)",\s*zone_id="([^"]+)"/g;
    const ids = new Map<string, Map<string, string>>();
    for (const [, region = "", name = "", id = ""] of source.matchAll(zone))
        ids.set(region, (ids.get(region) ?? new Map<string, string>()).set(name.slice(-1), id));
    const listed = [...ids].sort(([one], [other]) => one.localeCompare(other));
    return Object.fromEntries(
        listed.map(([region, byLetter]) => [region, [...byLetter].map(([letter, id]) => `${letter}:${id}`).join(" ")]),
    );
}

interface Offering {
    InstanceType: string;
    Location: string;
}

function offerings(moto: string): Map<string, Offering[]> {
    const folder = path.join(moto, "moto/ec2/resources/instance_type_offerings/availability-zone");
    const files = readdirSync(folder).filter((file) => file.endsWith(".json.gz"));
    return new Map(
        files.sort().map((file) => [file.replace(".json.gz", ""), unzipped(path.join(folder, file)) as Offering[]]),
    );
}

interface InstanceDescription {
    VCpuInfo: { DefaultVCpus: number };
    MemoryInfo: { SizeInMiB: number };
    ProcessorInfo: { SupportedArchitectures: string[] };
    NetworkInfo: { MaximumNetworkInterfaces: number; Ipv4AddressesPerInterface: number };
}

/** The hardware of each instance type. Macs are left out: nothing here runs on them. */
export function hardware(moto: string): Map<string, InstanceTypeFacts> {
    const described = unzipped(path.join(moto, "moto/ec2/resources/instance_types.json.gz"));
    const types = Object.entries(described as Record<string, InstanceDescription>);
    return new Map(
        types
            .filter(([type]) => !type.startsWith("mac"))
            .sort(([one], [other]) => byFamilyAndSize(one, other))
            .map(([type, { VCpuInfo, MemoryInfo, ProcessorInfo, NetworkInfo }]) => [
                type,
                [
                    VCpuInfo.DefaultVCpus,
                    MemoryInfo.SizeInMiB,
                    ProcessorInfo.SupportedArchitectures.includes("arm64") ? "arm64" : "x86_64",
                    NetworkInfo.MaximumNetworkInterfaces,
                    NetworkInfo.Ipv4AddressesPerInterface,
                ],
            ]),
    );
}

function unzipped(file: string): unknown {
    return JSON.parse(gunzipSync(readFileSync(file)).toString());
}

/** The builds of an engine of RDS, oldest first: those that AWS creates, and those that it has withdrawn. */
export function databaseVersions(cfnLint: string): Record<Engine, { available: string[]; deprecated: string[] }> {
    const of = (engine: Engine) => {
        const folder = engine.startsWith("aurora") ? "aws_rds_dbcluster" : "aws_rds_dbinstance";
        const named = (file: string) => engineVersions(extension(cfnLint, `${folder}/${file}.json`), engine);
        const deprecated = named("engine_version_deprecated");
        return { available: named("engine_version").filter((one) => !deprecated.includes(one)), deprecated };
    };
    return perEngine(of);
}

/** The versions of ElastiCache's engines that replication groups have, oldest first. */
export function cacheVersions(cfnLint: string): Record<"redis" | "valkey", string[]> {
    const schema = extension(cfnLint, "aws_elasticache_cachecluster/engine_version.json");
    return { redis: engineVersions(schema, "redis"), valkey: engineVersions(schema, "valkey") };
}

/** What a schema lists for an engine, in the condition that names it: beside the engine, or in what follows from it. */
function engineVersions(schema: unknown, engine: string): string[] {
    const conditions = (schema as { allOf: Condition[] }).allOf;
    const own = conditions.find((condition) => condition.if.properties.Engine?.const === engine);
    const given = own?.if.properties.EngineVersion as { enum?: string[] } | undefined;
    const listed =
        given?.enum ?? (own?.then as Partial<Condition["then"]> | undefined)?.properties?.EngineVersion?.enum;
    if (!listed) throw new Error(`the schema lists no versions of ${engine}`);
    return [...listed].sort(byVersion);
}

export function byVersion(one: string, other: string): number {
    return one.localeCompare(other, "en", { numeric: true });
}

function perEngine<Value>(of: (engine: Engine) => Value): Record<Engine, Value> {
    return Object.fromEntries(engines.map((engine) => [engine, of(engine)])) as Record<Engine, Value>;
}

interface RegionSchema {
    enum?: string[];
    allOf?: Condition[];
}

function regionsIn(schema: unknown): [string, RegionSchema][] {
    const entries = Object.entries(schema as Record<string, RegionSchema | string>);
    return entries.filter((entry): entry is [string, RegionSchema] => /-\d$/.test(entry[0])).sort();
}

/**
 * Names by family, and within one by the regions that have the same sizes of it: so a new size or region is one line of a
 * difference. `db.r6g.large` is the size `large` of `r6g`, and `db.serverless` the family `serverless` without a size.
 */
export function families(offers: ByRegion, prefix: string, known: (name: string) => boolean = () => true): Families {
    const found = new Map<string, Map<string, string[]>>();
    for (const [region, names] of [...offers].sort(([one], [other]) => one.localeCompare(other))) {
        for (const [family, sizes] of sizesByFamily([...names].filter(known), prefix)) {
            const groups = found.get(family) ?? new Map<string, string[]>();
            groups.set(sizes, [...(groups.get(sizes) ?? []), region]);
            found.set(family, groups);
        }
    }
    const sorted = [...found].sort(([one], [other]) => byVersion(one, other));
    return Object.fromEntries(
        sorted.map(([family, groups]) => [family, [...groups].map(([sizes, regions]) => [sizes, regions.join(" ")])]),
    );
}

function sizesByFamily(names: string[], prefix: string): Map<string, string> {
    const sizes = new Map<string, string[]>();
    for (const name of names.sort(byFamilyAndSize)) {
        const [family = "", ...size] = name.slice(prefix.length).split(".");
        sizes.set(family, [...(sizes.get(family) ?? []), size.join(".")]);
    }
    return new Map([...sizes].map(([family, own]) => [family, own.join(" ")]));
}

const smallSizes = ["nano", "micro", "small", "medium", "large", "xlarge"];

function byFamilyAndSize(one: string, other: string): number {
    const [a, b] = [one, other].map((name) => {
        const size = name.slice(name.lastIndexOf(".") + 1);
        return { family: name.slice(0, name.lastIndexOf(".")), size, rank: smallSizes.indexOf(size) };
    }) as [{ family: string; size: string; rank: number }, { family: string; size: string; rank: number }];
    const ranked = (rank: number) => (rank < 0 ? smallSizes.length : rank);
    return byVersion(a.family, b.family) || ranked(a.rank) - ranked(b.rank) || byVersion(a.size, b.size);
}
