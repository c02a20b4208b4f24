import type { View } from "../../graph/graph";
import { text } from "../../graph/reading";
import type { Rule } from "../../rule";
import { satisfied, type Verdict } from "../../verdict";
import { mustNotBePublic } from "../checks";
import { aws, isNotTrue, isSet, isTrue, judgeInputs, must, onInputs, valueAt } from "../inputs";

const method = aws("apigateway/method");
const route = aws("apigatewayv2/route");
const settings = aws("apigateway/methodSettings");
const stages = [aws("apigateway/stage"), aws("apigatewayv2/stage")];

const authorised: Rule = {
    id: "api-authorised",
    title: "Methods and routes of APIs require authorisation",
    severity: "high",
    enforcement: "mandatory",
    controls: { securityHub: ["APIGateway.8"], checkov: ["CKV_AWS_59", "CKV_AWS_309", "CKV2_AWS_70"] },
    remedy: 'Set authorization, for a route authorizationType, to "AWS_IAM", "JWT", "CUSTOM" or "COGNITO_USER_POOLS"; or require an API key.',
    appliesTo: [method, route],
    judge: (view) => {
        const key = view.type === method ? "authorization" : "authorizationType";
        // Browsers ask for permission without credentials.
        if (text(view.read("httpMethod")) === "OPTIONS") return satisfied;
        const routeKey = text(view.read("routeKey")) ?? "";
        if (routeKey.startsWith("OPTIONS ")) return satisfied;
        // A WebSocket is authorised as it is opened.
        const isSocket = view.follow("apiId").some((api) => text(api.read("protocolType")) === "WEBSOCKET");
        if (isSocket && routeKey !== "$connect") return satisfied;
        if (isTrue(view.read("apiKeyRequired"), "").is === "satisfied") return satisfied;
        return must(
            (value) => value !== "NONE",
            () => "is NONE",
        )(view.read(key), key);
    },
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html */
const modern = (view: View): Verdict => {
    const isRest = view.type === aws("apigateway/domainName");
    const path = isRest ? "securityPolicy" : "domainNameConfiguration.securityPolicy";
    const old = must(
        (value) => !/^TLS_1_0$/.test(value),
        () => "is TLS_1_0",
    );
    // A domain of the region has TLS 1.2 by default; one at the edge has it too, with a new enough provider.
    return judgeInputs(view, { [path]: (reading, what) => (reading.is === "absent" ? satisfied : old(reading, what)) });
};

const domainTls: Rule = {
    id: "api-domain-tls-modern",
    title: "Domains of APIs take TLS 1.2 and later only",
    severity: "high",
    enforcement: "mandatory",
    controls: { checkov: ["CKV_AWS_206"] },
    remedy: 'Set securityPolicy to "TLS_1_2" or a newer policy.',
    judges: "inputs",
    appliesTo: [aws("apigateway/domainName"), aws("apigatewayv2/domainName")],
    judge: modern,
};

const cacheEncrypted: Rule = {
    id: "api-cache-encrypted",
    title: "Caches of APIs are encrypted",
    severity: "medium",
    enforcement: "mandatory",
    controls: { securityHub: ["APIGateway.5"], checkov: ["CKV_AWS_308"] },
    remedy: "Set settings.cacheDataEncrypted: true.",
    judges: "inputs",
    appliesTo: [settings],
    judge: (view) => {
        const caching = judgeInputs(view, { "settings.cachingEnabled": isNotTrue });
        if (caching.is === "satisfied") return caching;
        return judgeInputs(view, { "settings.cacheDataEncrypted": isTrue });
    },
};

const accessLogged = onInputs({
    id: "api-access-logged",
    title: "Stages of APIs log the requests to them",
    severity: "low",
    enforcement: "advisory",
    controls: { securityHub: ["APIGateway.1", "APIGateway.9"], checkov: ["CKV_AWS_76"] },
    remedy: "Set accessLogSettings.destinationArn to the arn of a log group.",
    appliesTo: stages,
    inputs: { "accessLogSettings.destinationArn": isSet },
});

const bodiesNotLogged = onInputs({
    id: "api-bodies-not-logged",
    title: "Logs of APIs do not contain whole requests",
    severity: "medium",
    enforcement: "advisory",
    controls: { checkov: ["CKV_AWS_276"] },
    remedy: "Leave out settings.dataTraceEnabled: it writes bodies and headers to the log, credentials included.",
    appliesTo: [settings],
    inputs: { "settings.dataTraceEnabled": isNotTrue },
});

const apiPolicy = aws("apigateway/restApiPolicy");

const apiPolicyNotPublic: Rule = {
    id: "api-private-policy-not-public",
    title: "Policies of private APIs name the VPC endpoints that may call them",
    severity: "high",
    enforcement: "mandatory",
    controls: { cis: ["AWS Foundations 7.0 §2.21"] },
    remedy: "Limit the statement by aws:SourceVpce or aws:SourceVpc.",
    appliesTo: [aws("apigateway/restApi"), apiPolicy],
    // An API for the internet is public by its methods, and not by its policy.
    judge: (view) => {
        const apis = view.type === apiPolicy ? view.follow("restApiId", [aws("apigateway/restApi")]) : [view];
        const arePublic = apis.length > 0 && apis.every((api) => !isPrivate(api));
        return arePublic ? satisfied : mustNotBePublic(view);
    },
};

const isPrivate = (api: View) => text(valueAt(api, "endpointConfiguration.types")) === "PRIVATE";

export const apiGatewayRules: readonly Rule[] = [
    authorised,
    domainTls,
    cacheEncrypted,
    accessLogged,
    bodiesNotLogged,
    apiPolicyNotPublic,
];
