import type { Field, Problem } from "../field";
import { quantityProblems } from "./resource";

/** HorizontalPodAutoscalers: bounds, metrics with their targets, and how fast they scale. */
export function* autoscalerProblems(spec: Field): Generator<Problem> {
    const least = spec.at("minReplicas");
    const most = spec.at("maxReplicas");
    if (least.number() !== undefined && (least.number() ?? 1) < 1)
        yield least.invalid("must be greater than or equal to 1");
    if (most.number() !== undefined && (most.number() ?? 1) < 1) yield most.invalid("must be greater than 0");
    if ((most.number() ?? Number.POSITIVE_INFINITY) < (least.number() ?? 1))
        yield most.invalid("must be greater than or equal to `minReplicas`");
    for (const metric of spec.at("metrics").items()) yield* metricProblems(metric);
    for (const direction of ["scaleUp", "scaleDown"]) yield* behaviorProblems(spec.at("behavior", direction));
}

const METRIC_FIELDS: Record<string, string> = {
    Resource: "resource",
    ContainerResource: "containerResource",
    Pods: "pods",
    Object: "object",
    External: "external",
};

/** What a target of a metric must have one of. */
const TARGETS: Record<string, string[]> = {
    Resource: ["averageUtilization", "averageValue"],
    ContainerResource: ["averageUtilization", "averageValue"],
    Pods: ["averageValue"],
    Object: ["value", "averageValue"],
    External: ["value", "averageValue"],
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
    yield* targetProblems(source.at("target"), TARGETS[type] ?? []);
}

function* targetProblems(target: Field, values: string[]): Generator<Problem> {
    if (!target.present || target.unknown) return;
    const utilization = target.at("averageUtilization");
    if (utilization.number() !== undefined && (utilization.number() ?? 1) < 1)
        yield utilization.invalid("must be greater than 0");
    if (target.at("type").text() === "Utilization" && !utilization.present)
        yield utilization.required("must specify a positive target averageUtilization");
    else if (!values.some((name) => target.at(name).present))
        yield target.at(values[0] ?? "").required(`must set one of ${values.join(", ")}`);
    for (const name of ["averageValue", "value"]) {
        yield* quantityProblems(target.at(name));
        if (Number(target.at(name).text() ?? target.at(name).number() ?? 1) === 0)
            yield target.at(name).invalid("must be positive");
    }
}

function* behaviorProblems(rules: Field): Generator<Problem> {
    const within = function* (field: Field, least: number, most: number): Generator<Problem> {
        const number = field.number();
        if (number !== undefined && number < least)
            yield field.invalid(least === 0 ? "must be greater than or equal to zero" : "must be greater than zero");
        if (number !== undefined && number > most) yield field.invalid(`must be less than or equal to ${most}`);
    };
    yield* within(rules.at("stabilizationWindowSeconds"), 0, 3600);
    const select = rules.at("selectPolicy");
    const selections = ["Disabled", "Max", "Min"];
    if (select.text() !== undefined && !selections.includes(select.text() ?? "")) yield select.unsupported(selections);
    const policies = rules.at("policies");
    if (policies.present && !policies.unknown && policies.items().length === 0)
        yield policies.required("must specify at least one Policy");
    for (const policy of policies.items()) {
        const types = ["Percent", "Pods"];
        const type = policy.at("type");
        if (type.text() !== undefined && !types.includes(type.text() ?? "")) yield type.unsupported(types);
        yield* within(policy.at("value"), 1, Number.POSITIVE_INFINITY);
        yield* within(policy.at("periodSeconds"), 1, 1800);
    }
}
