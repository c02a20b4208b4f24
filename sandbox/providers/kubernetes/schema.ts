import { createRequire } from "node:module";
import { type Properties, reveal, Unknown, type Value } from "../../rpc/values";
import { Field, type Problem } from "./field";
import { isServed, type Kind } from "./kind";
import { isNewerField } from "./newer-field";
import { QUANTITY_RULE } from "./quantity";
import { unknownPaths, Watched } from "./watched-object";

/** A problem that a published validator reports. */
interface Complaint {
    instancePath: string;
    keyword: string;
    params: { missingProperty?: string; type?: string; allowedValues?: string[]; format?: string };
}

interface Model {
    kind?: string;
    prototype: { validate(this: unknown): void };
}

const load = createRequire(__filename);

/** The validator of a built-in kind, loaded with the first object of the kind: loading all of them takes seconds. */
function modelOf({ apiVersion, kind }: Kind): Model | undefined {
    try {
        const models = load(`kubernetes-models/${apiVersion}/${kind}`) as Record<string, Model>;
        // Parts of objects, such as PodSpec, have a model too, but no kind.
        return models[kind]?.kind === kind ? models[kind] : undefined;
    } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === "MODULE_NOT_FOUND" || code === "ERR_PACKAGE_PATH_NOT_EXPORTED") return undefined;
        throw error;
    }
}

export function hasSchema(kind: Kind): boolean {
    return isServed(kind) && modelOf(kind) !== undefined;
}

/** The top-level fields of the kind. */
export function fieldsOf(kind: Kind): string[] {
    const model = modelOf(kind);
    const watched = new Watched();
    if (model) complaintsOf(model, watched.watch({ apiVersion: kind.apiVersion, kind: kind.kind }, ""));
    return watched.asked("");
}

/** Checks an object against the published schema of its kind: types, required fields, allowed values, unknown fields. */
export function schemaProblems(kind: Kind, object: Properties): Problem[] {
    const model = modelOf(kind);
    if (!model) return [];
    const watched = new Watched();
    const complaints = complaintsOf(model, watched.watch(plainOf(object) as object, ""));
    const unknown = unknownPaths(object, "");
    const problems = new Map<string, Problem>();
    for (const complaint of complaints.sort((one, other) => weight(one) - weight(other))) {
        // A rule checks the content of a Secret without showing it.
        if (complaint.params.format === "byte") continue;
        if (unknown.some((path) => `${complaint.instancePath}/`.startsWith(`${path}/`))) continue;
        const problem = problemOf(complaint, Field.of(object));
        // Of several problems at one path, such as a value that is neither a number nor a quantity, the first is enough.
        if (!problems.has(problem.path)) problems.set(problem.path, problem);
    }
    for (const pointer of watched.undeclared()) {
        const path = pathOf(pointer);
        if (!isNewerField(path)) problems.set(path, { path, reason: `.${path}: field not declared in schema` });
    }
    return [...problems.values()];
}

function complaintsOf(model: Model, data: unknown): Complaint[] {
    try {
        model.prototype.validate.call(data);
        return [];
    } catch (error) {
        const { errors } = error as { errors?: Complaint[] };
        if (!errors) throw error;
        return errors;
    }
}

function problemOf({ instancePath, keyword, params }: Complaint, root: Field): Problem {
    const field = fieldAt(root, instancePath);
    switch (keyword) {
        case "required":
            return field.at(params.missingProperty ?? "").required();
        case "enum":
            return field.unsupported(params.allowedValues ?? []);
        case "type":
            return {
                path: field.path,
                reason: `.${field.path}: expected ${params.type}, got ${typeName(field.plain())}`,
            };
        case "format":
            return field.invalid(params.format === "quantity" ? QUANTITY_RULE : `must have the form ${params.format}`);
        default:
            return field.invalid("must have one of the forms that the schema allows");
    }
}

/** More specific problems come first. */
function weight({ keyword }: Complaint): number {
    return { format: 0, enum: 1, oneOf: 2 }[keyword] ?? 3;
}

function typeName(value: Value | undefined): string {
    return Array.isArray(value) ? "list" : value === null ? "null" : typeof value;
}

function fieldAt(root: Field, pointer: string): Field {
    return partsOf(pointer).reduce((field, part) => field.items()[Number(part)] ?? field.at(part), root);
}

function partsOf(pointer: string): string[] {
    return pointer
        .split("/")
        .slice(1)
        .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function pathOf(pointer: string): string {
    return partsOf(pointer)
        .map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : index === 0 ? part : `.${part}`))
        .join("");
}

/** Replaces unknown values by a text; problems of those are ignored afterwards. */
function plainOf(given: Value | undefined): unknown {
    const value = reveal(given);
    if (value instanceof Unknown) return "unknown";
    if (Array.isArray(value)) return value.map(plainOf);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value as Properties).filter(([, item]) => item !== undefined && item !== null);
    return Object.fromEntries(entries.map(([name, item]) => [name, plainOf(item)]));
}
