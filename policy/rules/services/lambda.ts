import type { View } from "../../graph/graph";
import { text } from "../../graph/reading";
import type { Rule } from "../../rule";
import { all, satisfied, unknown, type Verdict, violated } from "../../verdict";
import { mustNotBePublic, onDocuments } from "../checks";
import { aws, customerKey, isNoneOf, isSet, judgeInputs, must, onInputs, valueAt } from "../inputs";
import { entriesOf } from "../kubernetes-objects";
import { judgePlainVariable } from "../literal-secrets";

const functions = [aws("lambda/function")];

const urlAuthenticated = onInputs({
    id: "function-url-authenticated",
    title: "Function URLs require authentication",
    severity: "critical",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_258"] },
    remedy: 'Set authorizationType: "AWS_IAM".',
    appliesTo: [aws("lambda/functionUrl")],
    inputs: {
        authorizationType: must(
            (type) => type === "AWS_IAM",
            (type) => `is ${type}, so everybody may call it`,
        ),
    },
});

const permissionNarrow: Rule = {
    id: "function-permission-narrow",
    title: "Permissions of functions name who may call them",
    severity: "critical",
    enforcement: "mandatory",
    controls: { securityHub: ["Lambda.1"], checkov: ["CKV_AWS_301", "CKV_AWS_364"] },
    remedy: "Name an account or a role as principal; for a service set sourceArn, or sourceAccount.",
    judges: "inputs",
    appliesTo: [aws("lambda/permission"), aws("lambda/layerVersionPermission")],
    judge: (permission) => {
        const principal = permission.read("principal");
        if (principal.is === "unknown") return unknown("principal is not known yet");
        const who = text(principal) ?? "";
        // An unknown source is one that the program gives.
        const limits = ["sourceArn", "sourceAccount", "principalOrgId", "organizationId", "eventSourceToken"];
        const isLimited = limits.some((key) => permission.read(key).is !== "absent");
        if (text(permission.read("functionUrlAuthType")) === "NONE") return violated("everybody may call its URL");
        if (isLimited) return wideSource(permission);
        if (who === "*") return violated("everybody may use it");
        return /\.amazonaws\.com(\.cn)?$/.test(who)
            ? violated(`${who} may call it for every account: neither sourceArn nor sourceAccount is set`)
            : satisfied;
    },
};

/** A source of every account limits nothing, unless the account is named too. */
function wideSource(permission: View): Verdict {
    const source = text(permission.read("sourceArn"));
    const isWide = source !== undefined && (source === "*" || /^arn:[^:]*:\*/.test(source));
    const others = ["sourceAccount", "principalOrgId"].some((key) => permission.read(key).is !== "absent");
    return isWide && !others ? violated("sourceArn names every resource") : satisfied;
}

const resourcePolicyNotPublic = onDocuments({
    id: "function-policy-not-public",
    title: "Policies of functions do not allow public access",
    severity: "critical",
    enforcement: "mandatory",
    controls: { securityHub: ["Lambda.1"] },
    remedy: "Name principals, or limit the statement by aws:SourceArn, aws:SourceAccount or aws:PrincipalOrgID.",
    appliesTo: [aws("lambda/resourcePolicy")],
    judge: (policy) => mustNotBePublic(policy),
});

const variablesWithoutSecrets: Rule = {
    id: "function-variables-without-secrets",
    title: "Environment variables of functions contain no secrets",
    severity: "high",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_45"] },
    remedy: "Keep the secret in Secrets Manager, name it in a variable, and let the function's role read it.",
    appliesTo: functions,
    judge: (view) => {
        const entries = entriesOf(valueAt(view, "environment.variables"));
        if (!entries) return unknown("environment.variables is not known yet");
        return all(entries.map(([name, value]) => judgePlainVariable(view, "environment", name, value)));
    },
};

const variablesKey = customerKey({
    id: "function-variables-encrypted-with-customer-key",
    of: "Environment variables of functions",
    types: functions,
    input: "kmsKeyArn",
    controls: { checkov: ["CKV_AWS_173"] },
});

const variablesEncrypted: Rule = {
    ...variablesKey,
    judge: (view, trusted) =>
        view.read("environment").is === "absent" ? satisfied : variablesKey.judge(view, trusted),
};

const inVpc = onInputs({
    id: "function-in-vpc",
    title: "Functions run in a VPC",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["Lambda.3"], checkov: ["CKV_AWS_117"] },
    remedy: "Set vpcConfig.subnetIds and securityGroupIds, if the function uses something in a VPC.",
    appliesTo: functions,
    inputs: { "vpcConfig.subnetIds": isSet },
});

const traced: Rule = {
    id: "function-traced",
    title: "Functions are traced",
    severity: "low",
    enforcement: "advisory",
    controls: { checkov: ["CKV_AWS_50"] },
    remedy: 'Set tracingConfig.mode: "Active".',
    judges: "inputs",
    appliesTo: functions,
    judge: (view) =>
        judgeInputs(view, {
            "tracingConfig.mode": must(
                (mode) => mode === "Active",
                () => "is not Active",
            ),
        }),
};

/** Runtimes without security updates. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtimes-deprecated */
const deprecated = [
    ...["nodejs", "nodejs4.3", "nodejs4.3-edge", "nodejs6.10", "nodejs8.10", "nodejs10.x", "nodejs12.x", "nodejs14.x"],
    ...["nodejs16.x", "nodejs18.x", "python2.7", "python3.6", "python3.7", "python3.8", "java8", "go1.x", "provided"],
    ...["dotnetcore1.0", "dotnetcore2.0", "dotnetcore2.1", "dotnetcore3.1", "dotnet5.0", "dotnet6", "dotnet7"],
    ...["ruby2.5", "ruby2.7"],
];

const runtimeSupported = onInputs({
    id: "function-runtime-supported",
    title: "Functions use a runtime that gets security updates",
    severity: "medium",
    enforcement: "advisory",
    controls: { securityHub: ["Lambda.2"], checkov: ["CKV_AWS_363"] },
    remedy: "Set runtime to a newer version of the language.",
    appliesTo: functions,
    inputs: { runtime: isNoneOf(...deprecated) },
});

export const lambdaRules: readonly Rule[] = [
    urlAuthenticated,
    permissionNarrow,
    resourcePolicyNotPublic,
    variablesWithoutSecrets,
    variablesEncrypted,
    inVpc,
    traced,
    runtimeSupported,
];
