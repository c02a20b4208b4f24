import { databaseSupport } from "@plinth/facts";
import { expiryWarning, expiryWarnings, supportWarning } from "../offers";
import { specProblems } from "../settings";
import { type Problem, problemAt, throwIfInvalid } from "../validation";
import type { DatabaseArgs } from "./args";
import { engines, isAurora } from "./engines/engines";
import { classesOf, isNewer } from "./engines/rules";
import { type DatabaseParameter, parametersOf } from "./parameters/parameters";
import { type ProxyPlan, planProxy } from "./proxy/plan";
import { originProblems } from "./restore/restore";
import { databaseRules } from "./rules";
import { type DatabaseSpec, databaseSettings } from "./spec";

/** What follows from a spec and is not in it. */
export interface DatabasePlan {
    /** The family of the parameter groups, which is also part of their names: a major upgrade brings its own. */
    parameterFamily: string;
    parameters: DatabaseParameter[];
    /** Those of an Aurora cluster as a whole. */
    clusterParameters: DatabaseParameter[];
    replicas: PlannedReplica[];
    /** Undefined where clients connect to the servers. */
    proxy?: ProxyPlan;
}

export interface PlannedReplica {
    /** Its part of names: `replica-1`, or `reader-1` in a cluster. */
    part: string;
    /** Which of the network's zones it stands in. */
    zone: number;
}

/**
 * Decides what a database is made of. `zones` is how many zones its network has, `privateSubnets` how
 * many subnets for functions.
 * @throws InvalidSpecError with every problem of `spec`
 */
export function planDatabase(
    name: string,
    spec: DatabaseSpec & Pick<DatabaseArgs, "restored">,
    zones: number,
    privateSubnets = Number.POSITIVE_INFINITY,
): DatabasePlan {
    throwIfInvalid(`Database "${name}"`, [
        ...databaseProblems(name, spec),
        ...originProblems(`${name}.restored.restoreFrom`, spec.restored?.restoreFrom, spec.engine),
        ...placementProblems(name, zones),
        ...(spec.rotationDays > 0 && privateSubnets === 0 ? [problemAt(`${name}.rotationDays`, withoutSubnets)] : []),
    ]);
    return {
        parameterFamily: `${spec.engine}${spec.engineVersion}`,
        parameters: parametersOf(spec),
        clusterParameters: parametersOf(spec, "cluster"),
        // RDS tends to place a primary in the first zone, where a writer is put, so the first of the others goes to the second.
        replicas: Array.from({ length: spec.readReplicas }, (_, index) => ({
            part: `${isAurora(spec.engine) ? "reader" : "replica"}-${index + 1}`,
            zone: (index + 1) % zones,
        })),
        proxy: planProxy(spec),
    };
}

/**
 * All that is wrong with `spec`; `where` stands in front of the names of fields.
 * @param region the region that it is for; without it, a class is good that any region has
 */
export function databaseProblems(where: string, spec: DatabaseSpec, region?: string): Problem[] {
    return specProblems(where, databaseSettings, { ...spec, region }, databaseRules);
}

/** What may soon be wrong with `spec`, or is for AWS to judge. */
export function databaseWarnings(spec: DatabaseSpec): string[] {
    const { engine, engineVersion, instanceClass, extendedSupport, allowUnlisted } = spec;
    const { label } = engines[engine];
    const ending = supportWarning(`${label} ${engineVersion}`, databaseSupport(engine, engineVersion));
    return [
        ...(ending && !extendedSupport ? [ending] : []),
        ...(isNewer(spec) && !allowUnlisted ? [expiryWarning(engineVersion, `a version of ${label}`)] : []),
        ...expiryWarnings(classesOf(engine), [instanceClass], spec),
    ];
}

const withoutSubnets = "needs private subnets for the function that rotates; give network.privateSubnetIds, or 0";

/** RDS wants a subnet group to cover two zones. */
function placementProblems(where: string, zones: number): Problem[] {
    if (zones >= 2) return [];
    return [
        problemAt(
            `${where}.network`,
            `${zones} isolated subnets are too few for RDS; give one in each of two zones or more`,
        ),
    ];
}
