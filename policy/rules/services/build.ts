import type { View } from "../../graph/graph";
import { elements, field, text } from "../../graph/reading";
import type { Rule } from "../../rule";
import { all, satisfied, unknown, violated } from "../../verdict";
import { aws, customerKey, isNotTrue, isOneOf, judgeInputs, onInputs } from "../inputs";
import { judgePlainVariable } from "../literal-secrets";

const project = aws("codebuild/project");

const notPrivileged = onInputs({
    id: "build-not-privileged",
    title: "Builds are not privileged",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["CodeBuild.5"], checkov: ["CKV_AWS_316"] },
    remedy: "Leave out environment.privilegedMode, unless the build makes images.",
    appliesTo: [project],
    inputs: { "environment.privilegedMode": isNotTrue },
});

const variablesWithoutSecrets: Rule = {
    id: "build-variables-without-secrets",
    title: "Environment variables of builds contain no secrets",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["CodeBuild.2"] },
    remedy: 'Give the variable the type "SECRETS_MANAGER" or "PARAMETER_STORE", with the name of the secret as its value.',
    appliesTo: [project],
    judge: (view: View) => {
        const variables = field(view.read("environment"), "environmentVariables");
        if (variables.is === "unknown") return unknown("environmentVariables is not known yet");
        return all(
            (elements(variables) ?? []).map((one) => {
                if (["SECRETS_MANAGER", "PARAMETER_STORE"].includes(text(field(one, "type")) ?? "")) return satisfied;
                const name = text(field(one, "name")) ?? "";
                // A build takes the keys of AWS from these, secret or not.
                const isKey = /^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY)$/.test(name);
                return isKey
                    ? violated(`${name} has a literal value`)
                    : judgePlainVariable(view, "environment", name, field(one, "value"));
            }),
        );
    },
};

const artifactsEncrypted = onInputs({
    id: "build-artifacts-encrypted",
    title: "Artifacts and logs of builds are encrypted",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["CodeBuild.3"], checkov: ["CKV_AWS_78", "CKV_AWS_311"] },
    remedy: "Leave out encryptionDisabled of artifacts, secondaryArtifacts and logsConfig.s3Logs.",
    appliesTo: [project],
    inputs: {
        "artifacts.encryptionDisabled": isNotTrue,
        "secondaryArtifacts[].encryptionDisabled": isNotTrue,
        "logsConfig.s3Logs.encryptionDisabled": isNotTrue,
    },
});

const logged: Rule = {
    id: "build-logged",
    title: "Builds have a log",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["CodeBuild.4"] },
    remedy: 'Leave logsConfig.cloudwatchLogs.status at "ENABLED", or enable s3Logs.',
    judges: "inputs",
    appliesTo: [project],
    judge: (view) => {
        // The log in CloudWatch is on unless it is turned off.
        const off = judgeInputs(view, { "logsConfig.cloudwatchLogs.status": isOneOf("DISABLED") });
        if (off.is !== "satisfied") return satisfied;
        return judgeInputs(view, { "logsConfig.s3Logs.status": isOneOf("ENABLED") });
    },
};

export const buildRules: readonly Rule[] = [
    notPrivileged,
    variablesWithoutSecrets,
    artifactsEncrypted,
    logged,
    customerKey({
        id: "build-encrypted-with-customer-key",
        of: "Artifacts of builds",
        types: [project],
        input: "encryptionKey",
        controls: { checkov: ["CKV_AWS_147"] },
    }),
];
