import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { DatabaseEngine, Support } from "@plinth/facts/data";
import { parse } from "yaml";
import { byVersion } from "./offers";

interface Release {
    releaseCycle: string;
    eol?: string | boolean;
    eoes?: string | boolean;
}

/**
 * Aurora MySQL, of which endoflife.date keeps no page: its major versions, and the end of standard support where it has passed.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.VersionPolicy.html
 */
const auroraMysql: Record<string, Support> = { "5.7": { standardUntil: "2024-10-31" }, "8.0": {}, "8.4": {} };

/** Until when AWS supports the major versions of databases and of Kubernetes, from endoflife.date's copy of AWS's calendars. */
export function supportDates(endOfLife: string): Record<DatabaseEngine | "kubernetes", Record<string, Support>> {
    const read = (file: string, major: (version: string) => string = (version) => version) =>
        releases(readFileSync(path.join(endOfLife, file), "utf8"), major);
    return {
        kubernetes: read("amazon-eks.md"),
        postgres: read("amazon-rds-postgresql.md"),
        // Its page has minor versions, each with the dates of its major one.
        mysql: read("amazon-rds-mysql.md", (version) => version.split(".").slice(0, 2).join(".")),
        "aurora-postgresql": read("amazon-aurora-postgresql.md"),
        "aurora-mysql": auroraMysql,
    };
}

function releases(page: string, major: (version: string) => string): Record<string, Support> {
    const [, header = ""] = page.split(/^---$/m);
    const listed = (parse(header) as { releases: Release[] }).releases;
    const found = new Map<string, Support>();
    for (const { releaseCycle, eol, eoes } of listed) {
        const day = (value: string | boolean | undefined) => (typeof value === "string" ? value : undefined);
        found.set(major(String(releaseCycle)), { standardUntil: day(eol), extendedUntil: day(eoes) });
    }
    return Object.fromEntries([...found].sort(([one], [other]) => byVersion(one, other)));
}
