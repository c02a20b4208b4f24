import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import type { ObjectSchemas } from "@plinth/sandbox/providers/kubernetes/object-schema";

interface Schema {
    $ref?: string;
    type?: string | string[];
    format?: string;
    items?: Schema;
    additionalProperties?: Schema | false;
    properties?: Record<string, Schema>;
    required?: string[];
    "x-kubernetes-group-version-kind"?: { group: string; version: string; kind: string }[];
}

/** The oldest minor version of Kubernetes whose objects are known: EKS has none older. */
const OLDEST = 31;

/** The fields of all kinds of the stable APIs, of all versions in one: what only some of them have says so. */
export function objectSchemas(folder: string): ObjectSchemas {
    const versions = versionsIn(folder);
    const newest = Math.max(...versions.keys());
    const kinds: Record<string, string> = {};
    const types: ObjectSchemas["types"] = {};
    for (const [version, schemas] of [...versions].sort(([one], [other]) => one - other)) {
        for (const [name, schema] of Object.entries(schemas)) {
            if (!schema.properties || isLeftOut(name)) continue;
            types[nameOf(name)] ??= {};
            // What the API server stores has metadata of its own; options and reviews have none.
            if (!schema.properties.metadata?.$ref?.endsWith(".ObjectMeta")) continue;
            for (const one of schema["x-kubernetes-group-version-kind"] ?? [])
                kinds[[one.group, one.version, one.kind].filter((part) => part !== "").join("/")] = nameOf(name);
        }
        for (const [name, fields] of Object.entries(types)) {
            const { properties = {}, required = [] } = schemas[wholeName(schemas, name)] ?? {};
            for (const [field, schema] of Object.entries(properties)) {
                const type = `${typeOf(schema, schemas)}${required.includes(field) ? "!" : ""}`;
                const since = /@(\d+)/.exec(fields[field] ?? "")?.[1] ?? (fields[field] ? undefined : version);
                fields[field] = since === undefined || Number(since) === OLDEST ? type : `${type}@${since}`;
            }
            if (version !== newest) continue;
            for (const [field, type] of Object.entries(fields)) {
                const last = [...versions.keys()]
                    .filter((one) => has(versions.get(one) ?? {}, name, field))
                    .sort()
                    .at(-1);
                if (last !== newest) fields[field] = `${type}-${last}`;
            }
        }
    }
    return { oldest: OLDEST, newest, kinds: sorted(kinds), types: sorted(types) };
}

function versionsIn(folder: string): Map<number, Record<string, Schema>> {
    const root = path.join(folder, "kubernetes_validate", "kubernetes-json-schema");
    const found = readdirSync(root).flatMap((directory): [number, Record<string, Schema>][] => {
        const minor = Number(/^v1\.(\d+)\.0-local-strict$/.exec(directory)?.[1]);
        if (!(minor >= OLDEST)) return [];
        const text = readFileSync(path.join(root, directory, "_definitions.json"), "utf8");
        return [[minor, (JSON.parse(text) as { $defs: Record<string, Schema> }).$defs]];
    });
    return new Map(found);
}

/** Lists are made by the server, and alpha and beta versions are not served by default. */
function isLeftOut(name: string): boolean {
    return /List$|\.v\d+(alpha|beta)\d+\./.test(name);
}

function nameOf(whole: string): string {
    return whole.split(".").slice(-3).join(".");
}

function wholeName(schemas: Record<string, Schema>, name: string): string {
    return Object.keys(schemas).find((whole) => whole.endsWith(`.${name}`)) ?? "";
}

function has(schemas: Record<string, Schema>, name: string, field: string): boolean {
    return schemas[wholeName(schemas, name)]?.properties?.[field] !== undefined;
}

const SPECIAL: Record<string, string> = { "resource.Quantity": "q", "intstr.IntOrString": "p" };
const PLAIN: Record<string, string> = { string: "s", integer: "i", number: "n", boolean: "b" };

/** The type of a field, as `ObjectSchemas` documents it. */
function typeOf(schema: Schema, schemas: Record<string, Schema>): string {
    if (schema.$ref !== undefined) {
        const name = schema.$ref.split("/").at(-1) ?? "";
        const special = SPECIAL[name.split(".").slice(-2).join(".")];
        if (special !== undefined) return special;
        const target = schemas[name];
        if (target?.properties) return `#${nameOf(name)}`;
        return target ? typeOf(target, schemas) : "?";
    }
    const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
    if (type === "array" && schema.items) return `[${typeOf(schema.items, schemas)}`;
    if (type === "object" && schema.additionalProperties) return `{${typeOf(schema.additionalProperties, schemas)}`;
    return PLAIN[type ?? ""] ?? "?";
}

function sorted<Value>(record: Record<string, Value>): Record<string, Value> {
    return Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
}
