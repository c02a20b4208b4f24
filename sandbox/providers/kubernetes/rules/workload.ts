import type { Field, Problem } from "../field";
import { selectorProblems, selects } from "./name";
import { scheduleProblems } from "./schedule";

/** Deployments, StatefulSets and DaemonSets: the selector must match the labels of the pod template. */
export function* controllerProblems(object: Field): Generator<Problem> {
    const spec = object.at("spec");
    const selector = spec.at("selector");
    yield* selectorProblems(selector);
    const empty = selector.present && !selector.unknown && selector.entries().length === 0;
    if (empty) yield selector.invalid("empty selector is invalid for a controller of pods");
    else if (selector.present && selects(selector, spec.at("template", "metadata", "labels")) === false) {
        yield {
            path: spec.at("template", "metadata", "labels").path,
            reason: `${spec.at("template", "metadata", "labels").invalid("`selector` does not match template `labels`").reason}`,
        };
    }
    yield* notNegative(spec.at("replicas"));
    yield* notNegative(spec.at("minReadySeconds"));
    yield* strategyProblems(spec);
    const restart = spec.at("template", "spec", "restartPolicy");
    if (restart.word() !== undefined && restart.word() !== "Always") yield restart.unsupported(["Always"]);
}

function* strategyProblems(spec: Field): Generator<Problem> {
    const strategy = spec.at("strategy");
    const rolling = strategy.at("rollingUpdate");
    if (strategy.at("type").text() === "Recreate" && rolling.present)
        yield rolling.forbidden("may not be specified when strategy `type` is 'Recreate'");
    yield* countOrPercent(rolling.at("maxSurge"));
    yield* countOrPercent(rolling.at("maxUnavailable"));
    if (isZero(rolling.at("maxSurge")) && isZero(rolling.at("maxUnavailable")))
        yield rolling.at("maxUnavailable").invalid("may not be 0 when `maxSurge` is 0");
}

/** What only a Deployment has: a deadline, which is 600 seconds where none is given. */
export function* deploymentProblems(object: Field): Generator<Problem> {
    yield* controllerProblems(object);
    const deadline = object.at("spec", "progressDeadlineSeconds");
    if (!deadline.unknown && (deadline.number() ?? 600) <= (object.at("spec", "minReadySeconds").number() ?? 0))
        yield deadline.invalid("must be greater than minReadySeconds");
}

function isZero(field: Field): boolean {
    return field.number() === 0 || /^0+%$/.test(field.text() ?? "");
}

function* countOrPercent(field: Field): Generator<Problem> {
    const text = field.text();
    if (text !== undefined && !/^\d+%$/.test(text))
        yield field.invalid("a valid percent string must be a numeric string followed by an ending '%'");
    yield* notNegative(field);
}

export function* notNegative(field: Field): Generator<Problem> {
    const number = field.number();
    if (number !== undefined && number < 0) yield field.invalid("must be greater than or equal to 0");
}

export function* jobProblems(spec: Field): Generator<Problem> {
    for (const name of [
        "parallelism",
        "completions",
        "backoffLimit",
        "activeDeadlineSeconds",
        "ttlSecondsAfterFinished",
    ])
        yield* notNegative(spec.at(name));
    const restart = spec.at("template", "spec", "restartPolicy");
    const policies = ["OnFailure", "Never"];
    // A pod's default, Always, is not allowed for a job, so a job must set it.
    if (
        (!restart.present || restart.text() === "") &&
        spec.at("template", "spec").present &&
        !spec.at("template", "spec").unknown
    )
        yield restart.required('valid values: "OnFailure", "Never"');
    else if (restart.word() !== undefined && !policies.includes(restart.word() ?? ""))
        yield restart.unsupported(policies);
    if (spec.at("selector").present && spec.at("manualSelector").flag() !== true)
        yield spec.at("selector").invalid("`selector` not auto-generated");
}

export function* cronJobProblems(spec: Field): Generator<Problem> {
    yield* scheduleProblems(spec.at("schedule"));
    yield* jobProblems(spec.at("jobTemplate", "spec"));
}

export function* disruptionBudgetProblems(spec: Field): Generator<Problem> {
    if (spec.at("minAvailable").present && spec.at("maxUnavailable").present)
        yield spec.invalid("minAvailable and maxUnavailable cannot be both set");
    yield* countOrPercent(spec.at("minAvailable"));
    yield* countOrPercent(spec.at("maxUnavailable"));
    yield* selectorProblems(spec.at("selector"));
}
