import type { Field, Problem } from "../field";
import { subdomainProblems, uniqueNames } from "./name";

const CONFIG_KEY = /^[-._a-zA-Z0-9]+$/;

/** The environment of a container: names of variables, and where their values are from. */
export function* environmentProblems(container: Field): Generator<Problem> {
    yield* uniqueNames(container.at("env").items());
    for (const variable of container.at("env").items()) {
        yield* variableNameProblems(variable.at("name"));
        const from = variable.at("valueFrom");
        const value = variable.at("value");
        if (!from.present || from.unknown) continue;
        if (value.present && value.text() !== "") yield from.invalid("may not be specified when `value` is not empty");
        const sources = from.entries();
        if (sources.length === 0)
            yield from.invalid(
                "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`",
            );
        if (sources.length > 1) yield from.invalid("may not have more than one field specified at a time");
        for (const name of ["configMapKeyRef", "secretKeyRef"]) yield* keyProblems(from.at(name));
    }
    for (const source of container.at("envFrom").items()) {
        const kinds = ["configMapRef", "secretRef"].filter((name) => source.at(name).present);
        if (kinds.length === 0 && !source.unknown)
            yield source.invalid("must specify one of: `configMapRef` or `secretRef`");
        if (kinds.length > 1) yield source.invalid("may not have more than one field specified at a time");
        if (source.at("prefix").text() !== "") yield* variableNameProblems(source.at("prefix"));
        for (const kind of kinds) yield* referenceProblems(source.at(kind));
    }
}

function* variableNameProblems(name: Field): Generator<Problem> {
    const text = name.text();
    if (text !== undefined && !/^[^=\p{Cc}]+$/u.test(text))
        yield name.invalid(
            "a valid environment variable name must consist only of printable characters other than '='",
        );
}

/** A reference to a key of a ConfigMap or a Secret. */
function* keyProblems(reference: Field): Generator<Problem> {
    if (!reference.present || reference.unknown) return;
    yield* referenceProblems(reference);
    const key = reference.at("key");
    const text = key.text();
    if (!key.present || text === "") yield key.required();
    else if (text !== undefined && (!CONFIG_KEY.test(text) || text.length > 253 || /^\.{1,2}$/.test(text)))
        yield key.invalid("a valid config key must consist of alphanumeric characters, '-', '_' or '.'");
}

function* referenceProblems(reference: Field): Generator<Problem> {
    if (!reference.present || reference.unknown) return;
    const name = reference.at("name");
    if (!name.present || name.text() === "") yield name.required();
    else yield* subdomainProblems(name);
}
