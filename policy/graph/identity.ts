import { elements, field, type Reading, readProperty, text } from "./reading";
import { types } from "./types";

/** Outputs by which other resources name a resource of any type. */
const common = ["id", "arn", "name", "url", "identifier", "bucket"];

/** Further outputs that name it, or what it brings along, by type. */
const further: Readonly<Record<string, readonly string[]>> = {
    [types.vpc]: ["mainRouteTableId", "defaultRouteTableId", "defaultSecurityGroupId", "defaultNetworkAclId"],
    [types.key]: ["keyId"],
    [types.replicaKey]: ["keyId"],
    [types.externalKey]: ["keyId"],
    [types.databaseInstance]: ["resourceId"],
    [types.databaseCluster]: ["clusterIdentifier", "clusterResourceId"],
};

/** The keys whose values name a resource of that type, also by the type's own name: `keyId`, `fileSystemId`. */
function keysOf(type: string): string[] {
    const word = type.split(":").pop() ?? "";
    const own = word.charAt(0).toLowerCase() + word.slice(1);
    return [...common, ...["Id", "Arn", "Name"].map((suffix) => own + suffix), ...(further[type] ?? [])];
}

/** What names a resource, as far as it is known. */
export interface Identity {
    readonly names: ReadonlySet<string>;
    /** Whether the resource shows any name, known or not: with none there is nothing to compare with. */
    readonly isShown: boolean;
}

/** The identity of a resource with these properties. */
export function identityOf(type: string, props: object): Identity {
    const readings = keysOf(type).map((key) => readProperty(props, key));
    const managed = elements(readProperty(props, "masterUserSecrets")) ?? [];
    const names = [...readings, ...managed.map((secret) => field(secret, "secretArn"))].flatMap((one) => {
        const name = text(one);
        // An ARN ends with the id.
        return name === undefined ? [] : [name, ...(name.startsWith("arn:") ? [name.split(/[:/]/).at(-1) ?? ""] : [])];
    });
    return {
        names: new Set(names.filter((name) => name !== "").map(comparable)),
        isShown: readings.some(({ is }) => is !== "absent"),
    };
}

/** AWS compares most names without regard to case. The ARN of a log group can end with a wildcard for its streams. */
export const comparable = (name: string): string => name.toLowerCase().replace(/:\*$/, "");

/** The known texts in a value, at any depth, and the number of its unknown parts. */
export function textsIn(reading: Reading): { readonly known: readonly string[]; readonly unknown: number } {
    if (reading.is === "unknown") return { known: [], unknown: 1 };
    if (reading.is === "absent") return { known: [], unknown: 0 };
    if (typeof reading.value !== "object") return { known: [text(reading) ?? ""], unknown: 0 };
    const holder = reading.value;
    const parts = Object.keys(holder).map((key) => textsIn(readProperty(holder, key)));
    return {
        known: parts.flatMap(({ known }) => known),
        unknown: parts.reduce((sum, part) => sum + part.unknown, 0),
    };
}
