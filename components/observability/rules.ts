import { specProblems } from "../settings";
import { listed, type Problem, problemAt } from "../validation";
import { type ObservabilitySpec, observabilitySettings } from "./spec";

/** All that is wrong with `spec` for queues of these names; `where` stands in front of the names of fields. */
export function observabilityProblems(
    where: string,
    spec: ObservabilitySpec,
    queueNames: readonly string[],
): Problem[] {
    const unknown = spec.queues.alwaysInUse.filter((name) => !queueNames.includes(name));
    const offer = queueNames.length > 0 ? `give ${listed(queueNames)}` : "there is no queue, so leave it out";
    return [
        ...specProblems(where, observabilitySettings, spec, []),
        ...unknown.map((name) =>
            problemAt(`${where}.queues.alwaysInUse`, `"${name}" is no queue of the stack; ${offer}`),
        ),
    ];
}
