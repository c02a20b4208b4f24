import { isObject, type Properties, reveal, Unknown, type Value } from "../../rpc/values";
import { type Complaint, complaintsOf } from "./enumeration";
import { Field, type Problem } from "./field";
import { isServed, type Kind } from "./kind";
import { declaredField, fieldNames, objectSchemas, requiredFields, typeOfKind } from "./object-schema";
import { QUANTITY_RULE } from "./quantity";

/** Whether a version of Kubernetes has the kind; without one, whether any has it. */
export function hasSchema(kind: Kind, minor?: number): boolean {
    const type = typeOfKind(kind.apiVersion, kind.kind);
    if (!isServed(kind) || type === undefined) return false;
    return declaredField(type, "kind", known(minor)) !== undefined;
}

/** The top-level fields of the kind. */
export function fieldsOf(kind: Kind): string[] {
    return fieldNames(typeOfKind(kind.apiVersion, kind.kind) ?? "");
}

/**
 * Checks an object against the published schema of its kind: types, required fields, allowed values, unknown fields.
 *
 * @param minor the cluster's minor version; without it, what any version has is taken
 */
export function schemaProblems(kind: Kind, object: Properties, minor?: number): Problem[] {
    const type = typeOfKind(kind.apiVersion, kind.kind);
    if (type === undefined) return [];
    const problems = new Map<string, Problem>();
    // Of several problems at one path, the first is enough.
    const add = (problem: Problem) => problems.has(problem.path) || problems.set(problem.path, problem);
    for (const problem of objectProblems(type, Field.of(object), known(minor))) add(problem);
    for (const complaint of complaintsOf(kind, plainOf(object)))
        for (const problem of valueProblems(complaint, object)) add(problem);
    return [...problems.values()];
}

/** A cluster newer than the schemas takes what the newest of them takes. */
function known(minor: number | undefined): number | undefined {
    if (minor === undefined) return undefined;
    const { oldest, newest } = objectSchemas();
    return Math.min(Math.max(minor, oldest), newest);
}

function* objectProblems(type: string, object: Field, minor: number | undefined): Generator<Problem> {
    for (const [name, field] of object.entries()) {
        const declared = declaredField(type, name, minor);
        if (declared) yield* typeProblems(declared.type, field, minor);
        else yield { path: field.path, reason: `.${field.path}: field not declared in schema` };
    }
    for (const name of requiredFields(type, minor)) {
        const field = object.at(name);
        if (!field.present && !isFilledIn(type, name)) yield field.required();
    }
}

/** Whether the API server fills a field in that the schema requires, or takes the object without it. */
function isFilledIn(type: string, name: string): boolean {
    return name === "apiGroup" && type === "rbac.v1.RoleRef";
}

function* typeProblems(type: string, field: Field, minor: number | undefined): Generator<Problem> {
    if (!field.present || field.unknown) return;
    const [form, inner] = [type.charAt(0), type.slice(1)];
    const value = reveal(field.plain());
    if (form === "#" || form === "{") {
        if (!isObject(value)) yield wrongType(field, "map");
        else if (form === "#") yield* objectProblems(inner, field, minor);
        else for (const [, item] of field.entries()) yield* typeProblems(inner, item, minor);
    } else if (form === "[") {
        if (!Array.isArray(value)) yield wrongType(field, "list");
        else for (const item of field.items()) yield* typeProblems(inner, item, minor);
    } else {
        const plain = PLAIN[form];
        if (plain && !plain.takes(value)) yield wrongType(field, plain.name);
    }
}

const isInteger = (value: unknown) => typeof value === "number" && Number.isInteger(value);
const isText = (value: unknown) => typeof value === "string";

const PLAIN: Record<string, { name: string; takes(value: unknown): boolean }> = {
    s: { name: "string", takes: isText },
    i: { name: "integer", takes: isInteger },
    n: { name: "number", takes: (value) => typeof value === "number" },
    b: { name: "boolean", takes: (value) => typeof value === "boolean" },
    p: { name: "integer or string", takes: (value) => isInteger(value) || isText(value) },
    q: { name: "quantity", takes: (value) => typeof value === "number" || isText(value) },
};

function wrongType(field: Field, wanted: string): Problem {
    return { path: field.path, reason: `.${field.path}: expected ${wanted}, got ${typeName(field.plain())}` };
}

function typeName(given: Value | undefined): string {
    const value = reveal(given);
    return Array.isArray(value) ? "list" : isObject(value) ? "map" : typeof value;
}

function* valueProblems({ instancePath, keyword, params }: Complaint, object: Properties): Generator<Problem> {
    const field = fieldAt(Field.of(object), instancePath);
    // Empty text is "not given" where values are listed.
    if (field.unknown || !field.present || (keyword === "enum" && field.text() === "")) return;
    if (keyword === "enum") yield field.unsupported(params.allowedValues ?? []);
    else yield field.invalid(params.format === "quantity" ? QUANTITY_RULE : `must have the form ${params.format}`);
}

function fieldAt(root: Field, pointer: string): Field {
    const parts = pointer.split("/").slice(1);
    return parts
        .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
        .reduce((field, part) => field.items()[Number(part)] ?? field.at(part), root);
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
