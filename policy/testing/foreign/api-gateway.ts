import * as aws from "@pulumi/aws";
import { ref } from "../stack";
import { type ForeignCases, later, made, on, policy, together } from "./foreign";

const socket = made(aws.apigatewayv2.Api, "socket", { protocolType: "WEBSOCKET" });
const anyone = { Sid: "Anyone", Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "*" };
const hidden = { endpointConfiguration: { types: "PRIVATE" } };

const fromEndpoint = { StringEquals: { "aws:SourceVpce": "vpce-1" } };
const apart = (statement: object) =>
    made(aws.apigateway.RestApiPolicy, "apart", { restApiId: ref("api"), policy: policy(statement) });

export const apiGateway: ForeignCases = {
    "api-authorised": together(
        on(aws.apigateway.Method, {
            sound: [
                { httpMethod: "GET", authorization: "AWS_IAM" },
                { httpMethod: "OPTIONS", authorization: "NONE" },
                { httpMethod: "GET", authorization: "NONE", apiKeyRequired: true },
            ],
            bad: [[/authorization is NONE/, { httpMethod: "GET", authorization: "NONE" }]],
            unproved: [[/authorization is not known yet/, { httpMethod: "GET", authorization: later }]],
        }),
        on(
            aws.apigatewayv2.Route,
            {
                sound: [
                    { routeKey: "GET /", authorizationType: "JWT" },
                    { routeKey: "OPTIONS /", authorizationType: "NONE" },
                    { routeKey: "$disconnect", apiId: ref("socket") },
                ],
                bad: [
                    [/authorizationType is not set/, { routeKey: "GET /" }],
                    [/authorizationType is NONE/, { routeKey: "$default", authorizationType: "NONE" }],
                    [/authorizationType is not set/, { routeKey: "$connect", apiId: ref("socket") }],
                ],
                unproved: [],
            },
            socket,
        ),
    ),
    "api-domain-tls-modern": together(
        on(aws.apigateway.DomainName, {
            sound: [{ securityPolicy: "TLS_1_2" }, { securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09" }, {}],
            bad: [[/securityPolicy is TLS_1_0/, { securityPolicy: "TLS_1_0" }]],
            unproved: [[/securityPolicy is not known yet/, { securityPolicy: later }]],
        }),
        on(aws.apigatewayv2.DomainName, {
            sound: [{ domainNameConfiguration: { securityPolicy: "TLS_1_2" } }],
            bad: [[/securityPolicy is TLS_1_0/, { domainNameConfiguration: { securityPolicy: "TLS_1_0" } }]],
            unproved: [],
        }),
    ),
    "api-cache-encrypted": on(aws.apigateway.MethodSettings, {
        sound: [{ settings: {} }, { settings: { cachingEnabled: true, cacheDataEncrypted: true } }],
        bad: [[/settings.cacheDataEncrypted is not set/, { settings: { cachingEnabled: true } }]],
        unproved: [
            [/cacheDataEncrypted is not known/, { settings: { cachingEnabled: true, cacheDataEncrypted: later } }],
        ],
    }),
    "api-access-logged": together(
        on(aws.apigateway.Stage, {
            sound: [{ accessLogSettings: { destinationArn: later } }],
            bad: [[/accessLogSettings.destinationArn is not set/, {}]],
            unproved: [],
        }),
        on(aws.apigatewayv2.Stage, {
            sound: [],
            bad: [[/accessLogSettings.destinationArn is not set/, {}]],
            unproved: [],
        }),
    ),
    "api-bodies-not-logged": on(aws.apigateway.MethodSettings, {
        sound: [{ settings: { loggingLevel: "INFO" } }],
        bad: [[/settings.dataTraceEnabled is true/, { settings: { dataTraceEnabled: true } }]],
        unproved: [[/dataTraceEnabled is not known/, { settings: { dataTraceEnabled: later } }]],
    }),
    "api-private-policy-not-public": together(
        on(aws.apigateway.RestApi, {
            sound: [{ policy: policy(anyone) }, { ...hidden, policy: policy({ ...anyone, Condition: fromEndpoint }) }],
            bad: [[/"Anyone" of its policy allows public access/, { ...hidden, policy: policy(anyone) }]],
            unproved: [[/its policy is not known yet/, { ...hidden, policy: later }]],
        }),
        {
            sound: [
                [made(aws.apigateway.RestApi, "api", {}), apart(anyone)],
                [made(aws.apigateway.RestApi, "api", hidden), apart({ ...anyone, Condition: fromEndpoint })],
            ],
            bad: [
                [
                    /"Anyone" of its policy allows public access/,
                    made(aws.apigateway.RestApi, "api", hidden),
                    apart(anyone),
                ],
            ],
            unproved: [],
        },
    ),
};
