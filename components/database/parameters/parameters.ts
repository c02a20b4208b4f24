import { memoryOf, memoryOfCapacity } from "../../instance-classes";
import { inSmallLetters } from "../../parameter-names";
import type { DatabaseEngine, DatabaseSpec } from "../spec";
import { evaluate } from "./formula";
import { auroraMysqlParameters, mysqlParameters } from "./mysql";
import { auroraPostgresParameters, postgresParameters } from "./postgres";
import type { EngineParameters, ParameterChoices, ParameterLevel } from "./table";

/** A parameter as a parameter group takes it. */
export interface DatabaseParameter {
    name: string;
    value: string;
    applyMethod: "immediate" | "pending-reboot";
}

export const engineParameters: Record<DatabaseEngine, EngineParameters> = {
    postgres: postgresParameters,
    mysql: mysqlParameters,
    "aurora-postgresql": auroraPostgresParameters,
    "aurora-mysql": auroraMysqlParameters,
};

/** The parameters of a database at one level: its engine's, under those that its spec adds or overrides. */
export function parametersOf(spec: ParameterChoices, level: ParameterLevel = "instance"): DatabaseParameter[] {
    const own = inSmallLetters(level === "cluster" ? spec.clusterParameters : spec.parameters);
    const table = engineParameters[spec.engine].parameters.filter(
        (parameter) => (parameter.level ?? "instance") === level && (parameter.when?.(spec) ?? true),
    );
    const fromTable = table.map(({ name, value, applies }): DatabaseParameter => {
        const standard = typeof value === "string" ? value : value(spec);
        const given = own[name];
        delete own[name];
        return { name, value: given ?? standard, applyMethod: applies };
    });
    // RDS takes pending-reboot for any parameter, and whether one of the user's is static is not known here.
    const added = Object.entries(own).map(
        ([name, value]): DatabaseParameter => ({ name, value, applyMethod: "pending-reboot" }),
    );
    return [...fromTable, ...added];
}

/** How many connections a server carries at most, or undefined for a class whose memory is not known. */
export function connectionsCarried({
    engine,
    instanceClass,
    serverlessCapacity,
}: Pick<DatabaseSpec, "engine" | "instanceClass" | "serverlessCapacity">): number | undefined {
    const memory = serverlessCapacity ? memoryOfCapacity(serverlessCapacity.maximumAcu) : memoryOf(instanceClass);
    if (memory === undefined) return undefined;
    const { connectionsCarried: formula, serverlessConnections } = engineParameters[engine];
    const carried = evaluate(formula, { DBInstanceClassMemory: memory });
    return serverlessCapacity && serverlessConnections ? serverlessConnections(carried, serverlessCapacity) : carried;
}
