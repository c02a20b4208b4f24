import { keyDeletionWindow } from "../encryption";
import { type Problem, type Rule, range, throwIfInvalid, violations } from "../validation";
import type { RegistrySpec } from "./spec";

const form = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const strange = ({ names }: RegistrySpec) => names.find((name) => !form.test(name));
const repeated = ({ names }: RegistrySpec) => names.find((name, index) => names.indexOf(name) < index);

const rules: Rule<RegistrySpec>[] = [
    {
        at: "names",
        when: (spec) => strange(spec) !== undefined,
        say: (spec) =>
            `"${strange(spec)}" is not a repository's name; give lower-case letters, digits and single hyphens, a letter first`,
    },
    {
        at: "names",
        when: (spec) => repeated(spec) !== undefined,
        say: (spec) => `"${repeated(spec)}" is named twice; give it once`,
    },
    range("keptImages", { from: 1, to: 1000, of: "Plinth" }),
    keyDeletionWindow,
];

/** All that is wrong with `spec`; `where` stands in front of the names of fields. */
export function registryProblems(where: string, spec: RegistrySpec): Problem[] {
    return violations(where, spec, rules);
}

/** @throws InvalidSpecError with every problem of `spec` */
export function refuseRegistry(name: string, spec: RegistrySpec): void {
    throwIfInvalid(`Registry "${name}"`, registryProblems(name, spec));
}
