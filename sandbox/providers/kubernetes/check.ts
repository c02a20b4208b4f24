import type { Properties } from "../../rpc/values";
import type { Checked, CheckFailure, Resource } from "../provider";
import { customProblems } from "./custom-schema";
import { extensionOf, noMatches } from "./extension";
import { Field, type Problem } from "./field";
import { displayName, isBuiltInGroup, type Kind, kindOf, RELEASE } from "./kind";
import { completed, namesOf } from "./object";
import { completedRelease, releaseFailures } from "./release";
import { ruleProblems } from "./rules";
import { metadataProblems } from "./rules/name";
import { hasSchema, schemaProblems } from "./schema";

/**
 * Checks an object by itself, as far as it is known. What it refers to is checked when it is created.
 *
 * @param minor the minor version of the cluster, where it is known
 */
export function check(
    resource: Resource,
    old: Properties,
    given: Properties,
    namespace: string,
    minor?: number,
): Checked {
    if (resource.type === RELEASE) {
        const inputs = completedRelease(resource.name, old, given, namespace);
        return { inputs, failures: releaseFailures(inputs) };
    }
    const kind = kindOf(resource.type);
    const refusal = kind ? unknownKind(kind, minor) : `the sandbox does not emulate ${resource.type}`;
    if (!kind || refusal !== undefined) return { inputs: given, failures: [{ property: "", reason: refusal ?? "" }] };
    const inputs = completed(kind, resource.name, old, given, namespace);
    return { inputs, failures: failuresOf(kind, inputs, minor) };
}

function unknownKind(kind: Kind, minor?: number): string | undefined {
    if (/Patch$/.test(kind.kind) && hasSchema({ ...kind, kind: kind.kind.replace(/Patch$/, "") }))
        return `the sandbox does not emulate ${kind.token}: change the object where it is made`;
    if (/List$/.test(kind.kind) && hasSchema({ ...kind, kind: kind.kind.replace(/List$/, "") }))
        return "list resources exist for compatibility with YAML manifests and Helm charts, and cannot be created directly. Use the underlying resource type instead";
    return hasSchema(kind, minor) || !isBuiltInGroup(kind) || extensionOf(kind) ? undefined : noMatches(kind);
}

function failuresOf(kind: Kind, inputs: Properties, minor?: number): CheckFailure[] {
    const object = Field.of(inputs);
    const title = displayName(kind, namesOf(inputs).name);
    const problems = new Map<string, Problem>();
    const found = hasSchema(kind)
        ? [...schemaProblems(kind, inputs, minor), ...ruleProblems(kind, object)]
        : [...metadataProblems(kind, object.at("metadata")), ...customProblems(kind, object)];
    for (const problem of found) {
        // The schema and the rules may report the same missing field.
        const key = `${problem.path} ${problem.reason.split(":")[0]}`;
        if (!problems.has(key)) problems.set(key, problem);
    }
    return [...problems.values()].map(({ path, reason }) => ({
        property: path,
        reason: reason.startsWith(".")
            ? `failed to create typed patch object (${title}): ${reason}`
            : `${title} is invalid: ${path}: ${reason}`,
    }));
}
