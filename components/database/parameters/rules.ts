import { findParameter, parameterFault } from "../../parameter-names";
import type { Rule } from "../../validation";
import type { DatabaseSpec } from "../spec";
import { engineParameters } from "./parameters";

/** A number with the unit that a server's own configuration file would take, and RDS does not. */
const withUnit = /^\d+(\.\d+)?\s*(B|[kMGT]B|us|ms|s|min|h|d)$/;

/** The rules on the parameters that a spec adds: to each instance, and to an Aurora cluster as a whole. */
export const parameterRules: Rule<DatabaseSpec>[] = [
    ...rulesOn("parameters", (spec) => spec.parameters),
    ...rulesOn("clusterParameters", (spec) => spec.clusterParameters ?? {}),
    {
        // Those of the instances count, where both say something.
        at: "clusterParameters",
        when: (spec) => ofInstances(spec).length > 0,
        say: (spec) => {
            const [name = ""] = ofInstances(spec);
            return `${name} is each instance's own, where Plinth sets it; put it in parameters instead`;
        },
    },
];

function rulesOn(at: string, parametersOf: (spec: DatabaseSpec) => Record<string, string>): Rule<DatabaseSpec>[] {
    return [
        {
            at,
            when: (spec) => parameterFault(parametersOf(spec)) !== undefined,
            say: (spec) => parameterFault(parametersOf(spec)) ?? "",
        },
        {
            at,
            when: (spec) => weakened(spec.engine, parametersOf(spec)) !== undefined,
            say: (spec) => weakened(spec.engine, parametersOf(spec)) ?? "",
        },
        {
            at,
            when: (spec) => findParameter(parametersOf(spec), (name) => name === "max_connections") !== undefined,
            say: () => "max_connections is made from maxConnections; set that instead",
        },
        {
            at,
            when: (spec) => withUnits(parametersOf(spec)).length > 0,
            say: (spec) =>
                `${withUnits(parametersOf(spec))
                    .map(([name, value]) => `${name} is "${value}"`)
                    .join(
                        " and ",
                    )}, and RDS takes no units; give a number in the parameter's own unit, such as 8 KiB pages, KiB or milliseconds`,
        },
    ];
}

/** What is set for the whole cluster, and would not be heard over what Plinth sets for each instance. */
function ofInstances({ engine, clusterParameters = {} }: DatabaseSpec): string[] {
    return engineParameters[engine].parameters
        .filter(({ name, level }) => level !== "cluster" && name !== "max_connections" && has(clusterParameters, name))
        .map(({ name }) => name);
}

const has = (parameters: Record<string, string>, name: string) =>
    findParameter(parameters, (other) => other === name) !== undefined;

/** The parameter that would weaken the encryption of connections or passwords, with the mend; undefined where none does. */
function weakened(engine: DatabaseSpec["engine"], parameters: Record<string, string>): string | undefined {
    const { tls, guarded } = engineParameters[engine];
    const forced = findParameter(parameters, (name) => name === tls);
    if (forced) return `${forced[0]} is not yours to set, for TLS is always forced; leave it out`;
    const found = findParameter(parameters, (name, value) => guarded[name]?.test(value) === false);
    if (!found) return undefined;
    return `${found[0]} may not be "${found[1]}", for encryption rests on it; leave it out`;
}

function withUnits(parameters: Record<string, string>): [string, string][] {
    return Object.entries(parameters).filter(([, value]) => withUnit.test(value));
}
