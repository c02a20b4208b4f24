import { specProblems } from "../settings";
import { type Problem, type Rule, repeated, throwIfInvalid } from "../validation";
import { type RegistrySpec, registrySettings } from "./spec";

const rules: Rule<RegistrySpec>[] = [
    {
        at: "names",
        when: ({ names }) => repeated(names) !== undefined,
        say: ({ names }) => `"${repeated(names)}" is named twice; give it once`,
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
