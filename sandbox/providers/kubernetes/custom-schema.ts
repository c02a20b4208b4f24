import { isObject } from "../../rpc/values";
import type { Field, Problem } from "./field";
import type { Kind } from "./kind";

/** The schema of a custom resource: the part of its CustomResourceDefinition in which mistakes are likely. */
interface Shape {
    type?: "string" | "integer" | "boolean";
    oneOf?: string[];
    required?: string[];
    /** All fields that exist; omitted where any field is allowed. */
    fields?: Record<string, Shape>;
    items?: Shape;
    least?: number;
    most?: number;
}

const ANY: Shape = {};
const TEXT: Shape = { type: "string" };
const NUMBER: Shape = { type: "integer" };
const FLAG: Shape = { type: "boolean" };
const oneOf = (...values: string[]): Shape => ({ type: "string", oneOf: values });

const REMOTE: Shape = {
    required: ["key"],
    fields: {
        ...{ key: TEXT, property: TEXT, version: TEXT, metadataPolicy: oneOf("None", "Fetch"), nullBytePolicy: TEXT },
        conversionStrategy: oneOf("Default", "Unicode"),
        decodingStrategy: oneOf("Auto", "Base64", "Base64URL", "None"),
    },
};
const STORE: Shape = { fields: { name: TEXT, kind: oneOf("SecretStore", "ClusterSecretStore") } };
const SOURCE: Shape = { fields: { storeRef: STORE, generatorRef: ANY } };

/** @see https://github.com/external-secrets/external-secrets/blob/main/config/crds/bases/external-secrets.io_externalsecrets.yaml */
const EXTERNAL_SECRET: Shape = {
    fields: {
        secretStoreRef: STORE,
        refreshInterval: TEXT,
        refreshPolicy: oneOf("CreatedOnce", "Periodic", "OnChange"),
        data: {
            items: {
                required: ["remoteRef", "secretKey"],
                fields: { secretKey: TEXT, remoteRef: REMOTE, sourceRef: SOURCE },
            },
        },
        dataFrom: { items: { fields: { extract: REMOTE, find: ANY, rewrite: { items: ANY }, sourceRef: SOURCE } } },
        target: {
            fields: {
                ...{ name: TEXT, immutable: FLAG, manifest: ANY },
                creationPolicy: oneOf("Owner", "Orphan", "Merge", "None"),
                deletionPolicy: oneOf("Delete", "Merge", "Retain"),
                template: {
                    fields: {
                        ...{ data: ANY, metadata: ANY, templateFrom: { items: ANY }, type: TEXT },
                        engineVersion: oneOf("v2"),
                        mergePolicy: oneOf("Replace", "Merge"),
                    },
                },
            },
        },
    },
};

/** @see https://github.com/external-secrets/external-secrets/blob/main/config/crds/bases/external-secrets.io_secretstores.yaml */
const SECRET_STORE: Shape = {
    required: ["provider"],
    fields: {
        ...{ controller: TEXT, refreshInterval: NUMBER, retrySettings: ANY, conditions: { items: ANY } },
        provider: {
            // Stores other than AWS's are not checked.
            least: 1,
            most: 1,
        },
    },
};

const AWS_PROVIDER: Shape = {
    required: ["region", "service"],
    fields: {
        ...{ region: TEXT, role: TEXT, additionalRoles: { items: TEXT }, externalID: TEXT, prefix: TEXT, auth: ANY },
        ...{
            secretsManager: ANY,
            sessionTags: { items: ANY },
            transitiveTagKeys: { items: TEXT },
            customSessionName: TEXT,
        },
        service: oneOf("SecretsManager", "ParameterStore"),
    },
};

/** @see https://github.com/kedacore/keda/blob/main/config/crd/bases/keda.sh_scaledobjects.yaml */
const SCALED_OBJECT: Shape = {
    required: ["scaleTargetRef", "triggers"],
    fields: {
        ...{
            advanced: ANY,
            fallback: ANY,
            cooldownPeriod: NUMBER,
            idleReplicaCount: NUMBER,
            initialCooldownPeriod: NUMBER,
        },
        ...{ maxReplicaCount: NUMBER, minReplicaCount: NUMBER, pollingInterval: NUMBER },
        scaleTargetRef: {
            required: ["name"],
            fields: { apiVersion: TEXT, kind: TEXT, name: TEXT, envSourceContainerName: TEXT },
        },
        triggers: {
            least: 1,
            items: {
                required: ["metadata", "type"],
                fields: {
                    ...{ type: TEXT, name: TEXT, metadata: ANY, useCachedMetrics: FLAG },
                    metricType: oneOf("AverageValue", "Value", "Utilization"),
                    authenticationRef: { required: ["name"], fields: { name: TEXT, kind: TEXT } },
                },
            },
        },
    },
};

/** @see https://github.com/aws/amazon-vpc-resource-controller-k8s/blob/master/apis/vpcresources/v1beta1/securitygrouppolicy_types.go */
const SECURITY_GROUP_POLICY: Shape = {
    fields: {
        podSelector: { fields: { matchLabels: ANY, matchExpressions: { items: ANY } } },
        serviceAccountSelector: { fields: { matchLabels: ANY, matchExpressions: { items: ANY } } },
        securityGroups: { fields: { groupIds: { items: TEXT, least: 1, most: 5 } } },
    },
};

const SPECS: Record<string, Shape> = {
    "external-secrets.io/ExternalSecret": EXTERNAL_SECRET,
    "external-secrets.io/SecretStore": SECRET_STORE,
    "external-secrets.io/ClusterSecretStore": SECRET_STORE,
    "keda.sh/ScaledObject": SCALED_OBJECT,
    "vpcresources.k8s.aws/SecurityGroupPolicy": SECURITY_GROUP_POLICY,
};

/** Checks a custom resource, for the kinds whose definition is known here. */
export function* customProblems(kind: Kind, object: Field): Generator<Problem> {
    const spec = object.at("spec");
    const shape = SPECS[`${kind.group}/${kind.kind}`];
    if (!shape) return;
    if (!spec.present) return yield spec.required();
    yield* shapeProblems(spec, shape);
    const aws = spec.at("provider", "aws");
    if (kind.group === "external-secrets.io" && aws.present) yield* shapeProblems(aws, AWS_PROVIDER);
    if (kind.kind === "ExternalSecret" && !spec.unknown && !spec.at("data").present && !spec.at("dataFrom").present)
        yield spec.invalid("either data or dataFrom should be specified");
    const [least, most] = [spec.at("minReplicaCount").number() ?? 0, spec.at("maxReplicaCount").number() ?? 100];
    if (kind.kind === "ScaledObject" && least > most)
        yield spec.at("minReplicaCount").invalid(`MinReplicaCount=${least} must be less than MaxReplicaCount=${most}`);
}

function* shapeProblems(field: Field, shape: Shape): Generator<Problem> {
    if (field.unknown || !field.present) return;
    const value = field.plain();
    const found = Array.isArray(value) ? "array" : Number.isInteger(value) ? "integer" : typeof value;
    const wanted = shape.type ?? (shape.items ? "array" : shape.fields ? "object" : undefined);
    if (wanted !== undefined && found !== wanted) {
        yield {
            path: field.path,
            reason: `Invalid value: "${found}": ${field.path} in body must be of type ${wanted}: "${found}"`,
        };
        return;
    }
    if (shape.oneOf && !shape.oneOf.includes(String(value))) yield field.unsupported(shape.oneOf);
    for (const name of shape.required ?? []) if (!field.at(name).present) yield field.at(name).required();
    const size = Array.isArray(value) ? value.length : isObject(value) ? field.entries().length : 0;
    if (size < (shape.least ?? 0)) yield field.invalid(`should have at least ${shape.least} items`);
    if (size > (shape.most ?? Number.POSITIVE_INFINITY)) yield field.invalid(`should have at most ${shape.most} items`);
    if (shape.items) for (const item of field.items()) yield* shapeProblems(item, shape.items);
    if (!shape.fields) return;
    for (const [name, inner] of field.entries()) {
        const known = shape.fields[name];
        if (known) yield* shapeProblems(inner, known);
        else yield { path: inner.path, reason: `.${inner.path}: field not declared in schema` };
    }
}
