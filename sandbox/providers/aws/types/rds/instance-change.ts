import type { Rejection, Update } from "../../resource-type";
import { changes, familyOf, major } from "./engine-version";

export const INSTANCE = "aws:rds/instance:Instance";
export const PARAMETER_GROUP = "aws:rds/parameterGroup:ParameterGroup";

/** The family of the named parameter group, if the group exists. */
function groupFamily({ inputs, find }: Update): string {
    return String(find(PARAMETER_GROUP, inputs.text("parameterGroupName"))?.inputs.family ?? "");
}

/** The engine and version of an instance after the change; RDS upgrades a replica together with its source. */
function engineOf({ inputs, outputs, find }: Update): { engine: string; version: string } {
    const source = inputs.has("replicateSourceDb") ? find(INSTANCE, inputs.text("replicateSourceDb")) : undefined;
    const read = (name: string): string =>
        source ? String(source.outputs[name] ?? "") : inputs.text(name) || outputs.text(name);
    return { engine: read("engine"), version: read("engineVersion") };
}

/**
 * What RDS refuses to change in an existing instance.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html
 */
export const instanceUpdateErrors: Rejection<Update>[] = [
    {
        code: "InvalidParameterCombination",
        at: "allocatedStorage",
        when: ({ old, inputs }) =>
            (inputs.number("allocatedStorage") ?? 0) < (old.number("allocatedStorage") ?? 0) &&
            inputs.has("allocatedStorage"),
        say: ({ old, inputs }) =>
            `Requested storage size (${inputs.text("allocatedStorage")}) cannot be less than the current storage size (${old.text("allocatedStorage")})`,
    },
    {
        code: "InvalidParameterCombination",
        at: "allocatedStorage",
        when: ({ old, inputs }) => {
            const [from, to] = [old.number("allocatedStorage") ?? 0, inputs.number("allocatedStorage") ?? 0];
            return to > from && to < from * 1.1;
        },
        say: () => "The allocated storage must be increased by at least 10 percent.",
    },
    {
        code: "InvalidParameterCombination",
        at: "engineVersion",
        when: ({ old, inputs }) =>
            changes(old, inputs, "engineVersion") &&
            major(inputs.text("engineVersion")) < major(old.text("engineVersion")),
        say: ({ old, inputs }) =>
            `Cannot upgrade ${old.text("engine")} from ${old.text("engineVersion")} to ${inputs.text("engineVersion")}`,
    },
    {
        code: "InvalidParameterCombination",
        at: "allowMajorVersionUpgrade",
        when: ({ old, inputs }) =>
            changes(old, inputs, "engineVersion") &&
            major(inputs.text("engineVersion")) > major(old.text("engineVersion")) &&
            !inputs.flag("allowMajorVersionUpgrade"),
        say: () => "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.",
    },
    {
        code: "InvalidParameterCombination",
        at: "parameterGroupName",
        when: (update) => {
            const { engine, version } = engineOf(update);
            const family = groupFamily(update);
            return family !== "" && version !== "" && family !== familyOf(engine, version);
        },
        say: (update) => {
            const { engine, version } = engineOf(update);
            return `The parameter group ${update.inputs.text("parameterGroupName")} with DBParameterGroupFamily ${groupFamily(update)} can't be used for this instance. Use a parameter group with DBParameterGroupFamily ${familyOf(engine, version)}.`;
        },
    },
];
