import { hasCredentials, isSecretName } from "../../components/secret-names";
import type { View } from "../graph/graph";
import { field, type Reading, text } from "../graph/reading";
import { types } from "../graph/types";
import type { Rule } from "../rule";
import { all, satisfied, through, unknown, type Verdict, violated } from "../verdict";
import { containersOf, entriesOf, kubernetesTypes, listOf, podSpecOf, podTypes } from "./kubernetes-objects";

/** Types that generate secrets; a value that is computed from them is secret too. */
const secretSources = [types.randomPassword, "random:index/randomBytes:RandomBytes", "tls:index/privateKey:PrivateKey"];

const noLiteralSecrets: Rule = {
    id: "no-literal-secrets",
    title: "Environment variables and ConfigMaps contain no literal secrets",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy: "Keep the secret in Secrets Manager, let External Secrets copy it into the cluster, and refer to it with a secretKeyRef or mount it.",
    judges: "inputs",
    appliesTo: [...podTypes, kubernetesTypes.configMap],
    judge: (view) => (view.type === kubernetesTypes.configMap ? judgeConfigMap(view) : judgePods(view)),
};

const noGeneratedSecrets: Rule = {
    id: "no-generated-secrets",
    title: "Pods and ConfigMaps use no value that the program generates as a secret",
    severity: "high",
    enforcement: "mandatory",
    controls: {},
    remedy: noLiteralSecrets.remedy,
    appliesTo: [...podTypes, kubernetesTypes.configMap],
    // By the edges alone, which exist before any value is known.
    judge: (view) => all(["spec", "data", "binaryData"].map((input) => judgeSources(view, input))),
};

export const literalSecretRules: readonly Rule[] = [noLiteralSecrets, noGeneratedSecrets];

function judgeConfigMap(view: View): Verdict {
    return all(
        ["data", "binaryData"].flatMap((input) => {
            const reading = view.read(input);
            const entries = entriesOf(reading);
            if (!entries) return [unknown(`${input} is not known yet`)];
            return entries.map(([name, value]) => judgeEntry(name, value));
        }),
    );
}

function judgePods(view: View): Verdict {
    const pod = podSpecOf(view);
    const containers = containersOf(pod);
    if (pod.is === "unknown" || !containers) return unknown("its pods are not known yet");
    return all(
        containers.map(({ name, container }) => {
            const variables = listOf(container, "env");
            if (!variables) return through(name, unknown("its variables are not known yet"));
            return through(name, all(variables.map(judgeVariable)));
        }),
    );
}

function judgeVariable(variable: Reading): Verdict {
    const name = field(variable, "name");
    if (name.is === "unknown") return unknown("the name of a variable is not known yet");
    return judgeEntry(text(name) ?? "", field(variable, "value"));
}

/** An unknown value is judged by its name here, and by its sources in the next rule. */
function judgeEntry(name: string, value: Reading): Verdict {
    if (value.is === "absent") return satisfied;
    if (isSecretName(name)) return violated(`${name} has a literal value`);
    return hasCredentials(text(value) ?? "") ? violated(`${name} is a URL with a password`) : satisfied;
}

function judgeSources(view: View, input: string): Verdict {
    const [source, ...others] = view.follow(input);
    const secret = view.follow(input, secretSources)[0];
    if (!source || !secret) return satisfied;
    // The value may come from one of the other sources.
    if (others.length > 0) return unknown(`${input} comes from the secret ${secret.name}, among others`);
    return violated(`${input} comes from the secret ${secret.name}`);
}
