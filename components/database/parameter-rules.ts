import type { Rule } from "../validation";
import { engineParameters } from "./parameters";
import type { DatabaseSpec } from "./spec";

/** A number with the unit that a server's own configuration file would take, and RDS does not. */
const withUnit = /^\d+(\.\d+)?\s*(B|[kMGT]B|us|ms|s|min|h|d)$/;

/** The rules on the parameters that a spec adds. */
export const parameterRules: Rule<DatabaseSpec>[] = [
    {
        at: "parameters",
        when: (spec) => tlsOf(spec) in spec.parameters,
        say: (spec) => `${tlsOf(spec)} is not yours to set, for TLS is always forced; leave it out`,
    },
    {
        at: "parameters",
        when: (spec) => "max_connections" in spec.parameters,
        say: () => "max_connections is made from maxConnections; set that instead",
    },
    {
        at: "parameters",
        when: ({ parameters }) => withUnits(parameters).length > 0,
        say: ({ parameters }) =>
            `${withUnits(parameters)
                .map(([name, value]) => `${name} is "${value}"`)
                .join(
                    " and ",
                )}, and RDS takes no units; give a number in the parameter's own unit, such as 8 KiB pages, KiB or milliseconds`,
    },
    {
        at: "parameters",
        when: ({ parameters }) => Object.values(parameters).includes(""),
        say: ({ parameters }) => {
            const [name] = Object.entries(parameters).find(([, value]) => value === "") ?? [];
            return `${name} is empty; give a value, or leave it out for the engine's default`;
        },
    },
];

function tlsOf({ engine }: DatabaseSpec): string {
    return engineParameters[engine].tls;
}

function withUnits(parameters: Record<string, string>): [string, string][] {
    return Object.entries(parameters).filter(([, value]) => withUnit.test(value));
}
