import { readFileSync } from "node:fs";
import * as path from "node:path";

/** The services that have interface endpoints, as AWS's own CDK knows them: it is the one list that AWS publishes as data. */
export interface EndpointServices {
    /** What the names of services end with, as `ecr.api`, by the first letter: so a new one is a short difference. */
    services: Record<string, string>;
    /** Services that have another prefix than `com.amazonaws`, or no region in their names: with `*` for the region. */
    otherwise: Record<string, string>;
    /** Services by region whose prefix is the partition's own there: `cn.com.amazonaws`. */
    ownPrefix: Record<string, string>;
}

/** @param cdk the folder of its unpacked package */
export function endpointServices(cdk: string): EndpointServices {
    const source = readFileSync(path.join(cdk, "package/aws-ec2/lib/vpc-endpoint.js"), "utf8");
    const services = new Set<string>();
    const otherwise: Record<string, string> = {};
    for (const [, args = ""] of source.matchAll(/=new (?:Interface|Gateway)VpcEndpointAwsService\(([^)]*)\)/g)) {
        const [name = "", prefix = "", , options = ""] = args.split(",").map((arg) => arg.replace(/^"|"$/g, ""));
        services.add(name);
        if (prefix) otherwise[name] = `${prefix}.${options.includes("global:!0") ? "" : "*."}${name}`;
    }
    if (!services.has("secretsmanager"))
        throw new Error("the CDK lists its endpoint services in another way than before");
    return { services: byFirstLetter([...services].sort()), otherwise, ownPrefix: ownPrefixes(source) };
}

function byFirstLetter(names: string[]): Record<string, string> {
    const letters = [...new Set(names.map((name) => name.charAt(0)))];
    return Object.fromEntries(
        letters.map((letter) => [letter, names.filter((name) => name.startsWith(letter)).join(" ")]),
    );
}

/** The table of exceptions, which stands in the code as JSON does. */
function ownPrefixes(source: string): Record<string, string> {
    const [, table = ""] = /getDefaultEndpointPrefix\(name,region\)\{if\((\{[^}]*\})\[region\]/.exec(source) ?? [];
    const byRegion = Object.entries(JSON.parse(table) as Record<string, string[]>);
    return Object.fromEntries(byRegion.map(([region, names]) => [region, names.join(" ")]));
}
