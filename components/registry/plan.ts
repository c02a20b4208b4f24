import { specProblems } from "../settings";
import { type Problem, type Rule, throwIfInvalid } from "../validation";
import { type RegistrySpec, registrySettings } from "./spec";

const repeated = ({ names }: RegistrySpec) => names.find((name, index) => names.indexOf(name) < index);

const rules: Rule<RegistrySpec>[] = [
    {
        at: "names",
        when: (spec) => repeated(spec) !== undefined,
        say: (spec) => `"${repeated(spec)}" is named twice; give it once`,
    },
];

/** All that is wrong with `spec`; `where` stands in front of the names of fields. */
export function registryProblems(where: string, spec: RegistrySpec): Problem[] {
    return specProblems(where, registrySettings, spec, rules);
}

/** @throws InvalidSpecError with every problem of `spec` */
export function refuseRegistry(name: string, spec: RegistrySpec): void {
    throwIfInvalid(`Registry "${name}"`, registryProblems(name, spec));
}
