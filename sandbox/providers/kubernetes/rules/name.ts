import type { Field, Problem } from "../field";
import type { Kind } from "../kind";

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SERVICE = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const PORT_NAME = /^(?!.*--)(?=.*[a-z])[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** The kinds whose name is a DNS label, since it is part of a host name. */
const LABEL_NAMED = new Set(["Namespace"]);
/** The kinds whose name is a path segment. */
const PATH_NAMED = new Set(["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding", "APIService"]);
/** The kinds whose name is part of the names or labels of their pods. */
const SHORT_NAMED = new Set(["StatefulSet"]);

const ANNOTATIONS_BYTES = 256 * 1024;

/** The rules for the metadata of every object: names, labels and annotations. */
export function* metadataProblems(kind: Kind, metadata: Field): Generator<Problem> {
    yield* objectNameProblems(kind, metadata.at("name"));
    yield* labelProblem63(metadata.at("namespace"));
    yield* labelsProblems(metadata.at("labels"));
    let bytes = 0;
    for (const [name, value] of metadata.at("annotations").entries()) {
        yield* keyProblems(metadata.at("annotations"), name.toLowerCase());
        bytes += Buffer.byteLength(name) + Buffer.byteLength(value.text() ?? "");
    }
    if (bytes > ANNOTATIONS_BYTES) {
        const { path } = metadata.at("annotations");
        yield { path, reason: `Too long: may not be more than ${ANNOTATIONS_BYTES} bytes` };
    }
}

function* objectNameProblems(kind: Kind, name: Field): Generator<Problem> {
    const text = name.text();
    if (text === undefined) return;
    if (PATH_NAMED.has(kind.kind)) {
        if (/^\.{1,2}$|[/%]/.test(text)) yield name.invalid("may not be '.' or '..', nor contain '/' or '%'");
    } else if (kind.kind === "Service" && kind.group === "") yield* serviceNameProblems(name);
    else if (LABEL_NAMED.has(kind.kind) || SHORT_NAMED.has(kind.kind)) yield* labelProblem63(name);
    else yield* subdomainProblems(name);
    if (kind.kind === "CronJob" && text.length > 52) yield name.invalid("must be no more than 52 characters");
}

/** A DNS label by RFC 1035, as the names of Services are. */
export function* serviceNameProblems(name: Field): Generator<Problem> {
    const text = name.text();
    if (text === undefined || (SERVICE.test(text) && text.length <= 63)) return;
    yield name.invalid(
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character, in no more than 63 characters",
    );
}

/** A DNS label by RFC 1123, of at most 63 characters. */
export function* labelProblem63(name: Field): Generator<Problem> {
    const text = name.text();
    if (text === undefined || (LABEL.test(text) && text.length <= 63)) return;
    yield name.invalid(
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character, in no more than 63 characters",
    );
}

/** A DNS subdomain by RFC 1123, of at most 253 characters. */
export function* subdomainProblems(name: Field): Generator<Problem> {
    const text = name.text();
    if (text === undefined || (SUBDOMAIN.test(text) && text.length <= 253)) return;
    yield name.invalid(
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character, in no more than 253 characters",
    );
}

export function* labelsProblems(labels: Field): Generator<Problem> {
    for (const [name, value] of labels.entries()) {
        yield* keyProblems(labels, name);
        const text = value.text();
        if (text === undefined) continue;
        if (text.length > 63)
            yield {
                path: labels.path,
                reason: `Invalid value: ${JSON.stringify(text)}: must be no more than 63 characters`,
            };
        else if (!LABEL_VALUE.test(text)) {
            yield {
                path: labels.path,
                reason: `Invalid value: ${JSON.stringify(text)}: a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`,
            };
        }
    }
}

function* keyProblems(map: Field, key: string): Generator<Problem> {
    const parts = key.split("/");
    const [prefix, name] = parts.length === 1 ? [undefined, parts[0] ?? ""] : [parts[0], parts[1] ?? ""];
    const valid =
        parts.length <= 2 &&
        QUALIFIED.test(name) &&
        name.length <= 63 &&
        (prefix === undefined || (SUBDOMAIN.test(prefix) && prefix.length <= 253));
    if (valid) return;
    yield {
        path: map.path,
        reason: `Invalid value: ${JSON.stringify(key)}: name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character, in no more than 63 characters, with an optional DNS subdomain prefix and '/'`,
    };
}

/** A label selector, as Deployments and NetworkPolicies have. */
export function* selectorProblems(selector: Field): Generator<Problem> {
    yield* labelsProblems(selector.at("matchLabels"));
    for (const expression of selector.at("matchExpressions").items()) {
        const operator = expression.at("operator");
        const operators = ["In", "NotIn", "Exists", "DoesNotExist"];
        const text = operator.text();
        if (text === undefined) continue;
        if (!operators.includes(text)) yield operator.unsupported(operators);
        const values = expression.at("values");
        const many = values.items().length > 0 || values.unknown;
        if (/In$/.test(text) && !many) yield values.required("must be specified when `operator` is 'In' or 'NotIn'");
        if (/Exist/.test(text) && many)
            yield values.forbidden("may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
    }
}

/** The name of a port, by RFC 6335, with which services and probes refer to it. */
export function* portNameProblems(name: Field): Generator<Problem> {
    const text = name.text();
    if (text === undefined || (PORT_NAME.test(text) && text.length <= 15)) return;
    yield name.invalid(
        "must be no more than 15 characters, of lower case letters, digits and single '-' in between, with at least one letter",
    );
}

export function* portProblems(port: Field): Generator<Problem> {
    const number = port.number();
    if (number !== undefined && (number < 1 || number > 65535))
        yield port.invalid("must be between 1 and 65535, inclusive");
}

/** Whether a selector matches labels; undefined where it is not known yet. */
export function selects(selector: Field, labels: Field): boolean | undefined {
    if (selector.unknown || labels.unknown || selector.at("matchLabels").unknown) return undefined;
    for (const [name, wanted] of selector.at("matchLabels").entries()) {
        const found = labels.at(name);
        if (wanted.unknown || found.unknown) return undefined;
        if (wanted.text() !== found.text()) return false;
    }
    for (const expression of selector.at("matchExpressions").items()) {
        const key = expression.at("key").text();
        if (key === undefined || expression.at("values").unknown) return undefined;
        const found = labels.at(key);
        if (found.unknown) return undefined;
        const among = expression
            .at("values")
            .texts()
            .includes(found.text() ?? "");
        const holds: Record<string, boolean> = {
            In: found.present && among,
            NotIn: !found.present || !among,
            Exists: found.present,
            DoesNotExist: !found.present,
        };
        if (holds[expression.at("operator").text() ?? ""] === false) return false;
    }
    return true;
}

/** Rejects a list with two elements of the same name. */
export function* uniqueNames(list: Field[]): Generator<Problem> {
    const seen = new Set<string>();
    for (const name of list.map((item) => item.at("name"))) {
        const text = name.text();
        if (text === undefined) continue;
        if (seen.has(text)) yield name.duplicate();
        seen.add(text);
    }
}
