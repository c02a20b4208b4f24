import type { Field, Problem } from "../field";
import { selectorProblems, selects } from "./name";
import { quantityProblems } from "./resource";

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
    if (restart.text() !== undefined && restart.text() !== "Always") yield restart.unsupported(["Always"]);
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
    const deadline = spec.at("progressDeadlineSeconds").number();
    if (deadline !== undefined && deadline <= (spec.at("minReadySeconds").number() ?? 0))
        yield spec.at("progressDeadlineSeconds").invalid("must be greater than minReadySeconds");
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
    if (!restart.present && spec.at("template", "spec").present && !spec.at("template", "spec").unknown)
        yield restart.required('valid values: "OnFailure", "Never"');
    else if (restart.text() !== undefined && !policies.includes(restart.text() ?? ""))
        yield restart.unsupported(policies);
    if (spec.at("selector").present && spec.at("manualSelector").flag() !== true)
        yield spec.at("selector").invalid("`selector` not auto-generated");
}

const SCHEDULE = /^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|@every \S+|(\S+\s+){4}\S+)$/;

export function* cronJobProblems(spec: Field): Generator<Problem> {
    const schedule = spec.at("schedule");
    if (schedule.text() !== undefined && !SCHEDULE.test((schedule.text() ?? "").trim()))
        yield schedule.invalid("expected exactly 5 fields, or a macro such as @hourly");
    yield* jobProblems(spec.at("jobTemplate", "spec"));
}

export function* autoscalerProblems(spec: Field): Generator<Problem> {
    const least = spec.at("minReplicas");
    const most = spec.at("maxReplicas");
    if (least.number() !== undefined && (least.number() ?? 1) < 1)
        yield least.invalid("must be greater than or equal to 1");
    if (most.number() !== undefined && (most.number() ?? 1) < 1) yield most.invalid("must be greater than 0");
    if ((most.number() ?? Number.POSITIVE_INFINITY) < (least.number() ?? 1))
        yield most.invalid("must be greater than or equal to `minReplicas`");
    for (const metric of spec.at("metrics").items()) yield* metricProblems(metric);
}

const METRIC_FIELDS: Record<string, string> = {
    Resource: "resource",
    ContainerResource: "containerResource",
    Pods: "pods",
    Object: "object",
    External: "external",
};

function* metricProblems(metric: Field): Generator<Problem> {
    const type = metric.at("type").text();
    if (type === undefined) return;
    const name = METRIC_FIELDS[type];
    if (!name) return yield metric.at("type").unsupported(Object.keys(METRIC_FIELDS));
    const source = metric.at(name);
    if (!source.present) return yield source.required("must populate information for the given metric source");
    for (const other of Object.values(METRIC_FIELDS))
        if (other !== name && metric.at(other).present)
            yield metric.at(other).forbidden("must populate the given metric source only");
    const target = source.at("target");
    const utilization = target.at("averageUtilization");
    if (utilization.number() !== undefined && (utilization.number() ?? 1) < 1)
        yield utilization.invalid("must be greater than 0");
    if (target.at("type").text() === "Utilization" && !utilization.present)
        yield utilization.required("must specify a positive target averageUtilization");
    yield* quantityProblems(target.at("averageValue"));
    yield* quantityProblems(target.at("value"));
}

export function* disruptionBudgetProblems(spec: Field): Generator<Problem> {
    if (spec.at("minAvailable").present && spec.at("maxUnavailable").present)
        yield spec.invalid("minAvailable and maxUnavailable cannot be both set");
    yield* countOrPercent(spec.at("minAvailable"));
    yield* countOrPercent(spec.at("maxUnavailable"));
    yield* selectorProblems(spec.at("selector"));
}
