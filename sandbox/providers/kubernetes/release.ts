import { isObject, type Properties, reveal } from "../../rpc/values";
import type { Change } from "../diff";
import { type CheckFailure, Refusal } from "../provider";
import type { ClusterState } from "./cluster-state";
import { Field } from "./field";
import { RELEASE } from "./kind";
import { characters } from "./object";
import { releaseExists, releaseId } from "./planned-name";
import { labelProblem63 } from "./rules/name";

/** The inputs of `kubernetes:helm.sh/v3:Release`. */
const INPUTS = new Set([
    ...["allowNullValues", "atomic", "chart", "cleanupOnFail", "compat", "createNamespace", "dependencyUpdate"],
    ...["description", "devel", "disableCRDHooks", "disableOpenapiValidation", "disableWebhooks", "forceUpdate"],
    ...["keyring", "lint", "manifest", "maxHistory", "name", "namespace", "postrender", "recreatePods"],
    ...["renderSubchartNotes", "replace", "repositoryOpts", "resetValues", "resourceNames", "reuseValues", "skipAwait"],
    ...["skipCrds", "takeOwnership", "timeout", "valueYamlFiles", "values", "verify", "version", "waitForJobs"],
]);

const EXACT_VERSION = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/** Completes a release with its name, which is generated from the Pulumi name and eight characters where none is given. */
export function completedRelease(
    pulumiName: string,
    old: Properties,
    given: Properties,
    namespace: string,
): Properties {
    const kept = typeof reveal(old.name) === "string" && old.__autonamed === true ? old.name : undefined;
    const made = given.name === undefined ? { name: kept ?? `${pulumiName}-${characters(8)}`, __autonamed: true } : {};
    return { ...given, namespace: given.namespace ?? namespace, ...made };
}

export function releaseFailures(inputs: Properties): CheckFailure[] {
    const release = Field.of(inputs);
    const failures = Object.keys(inputs)
        .filter((property) => !INPUTS.has(property) && !property.startsWith("__"))
        .map((property) => ({ property, reason: `${property} is no input of kubernetes:helm.sh/v3:Release` }));
    const fail = (property: string, reason: string) => failures.push({ property, reason });
    const chart = release.at("chart");
    if (!chart.present || chart.text() === "") fail("chart", "Required value");
    const version = release.at("version");
    const archive = /\.tgz$|^\.{0,2}\//.test(chart.text() ?? "");
    if (!version.present && !archive)
        fail("version", "an exact version is required here: without one Helm takes whatever is newest on the day");
    else if (version.text() !== undefined && !EXACT_VERSION.test(version.text() ?? ""))
        fail("version", `must be one exact version such as 1.14.0, got ${JSON.stringify(version.text())}`);
    for (const name of ["name", "namespace"])
        for (const { path, reason } of labelProblem63(release.at(name))) fail(path, reason);
    // Helm's own limit, so that its labels can hold the name.
    if ((release.at("name").text() ?? "").length > 53) fail("name", "exceeds max length of 53");
    const repo = release.at("repositoryOpts", "repo").text();
    if (repo !== undefined && !/^(https?|oci):\/\//.test(repo))
        fail("repositoryOpts.repo", `${JSON.stringify(repo)} is no URL of a repository`);
    return failures;
}

/** Refuses what Helm does not install, and returns the id of what it does. */
export function refuseRelease(inputs: Properties, cluster: ClusterState): string {
    const release = Field.of(inputs);
    const namespace = release.at("namespace").text() ?? "default";
    const id = releaseId(inputs);
    if (cluster.get(RELEASE, id)) throw releaseExists(id);
    if (!release.at("createNamespace").flag() && !cluster.hasNamespace(namespace))
        throw new Refusal(`release ${id}: create: failed to create: namespaces "${namespace}" not found`);
    return id;
}

export function replacingRelease(changes: Change[]): Change[] {
    return changes.filter(({ path }) => path.length === 1 && (path[0] === "name" || path[0] === "namespace"));
}

/** The outputs of a release after an installation or an upgrade. */
export function deployed(inputs: Properties, before: Properties | undefined): Properties {
    const given = Object.fromEntries(Object.entries(inputs).filter(([name]) => !name.startsWith("__")));
    const status = reveal(before?.status);
    const revision = isObject(status) ? Number(status.revision) + 1 : 1;
    const { chart, name, namespace, version } = inputs;
    return { ...given, status: { status: "deployed", revision, chart, name, namespace, version } };
}
