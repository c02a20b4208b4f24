import type { Entity } from "../../account/account";
import { byService } from "../../providers/aws/iam/service";
import { LAUNCH_TEMPLATE } from "../../providers/aws/types/ec2/launch-template";
import { POD_IDENTITY } from "../../providers/aws/types/eks/access";
import { CLUSTER, NODE_GROUP } from "../../providers/aws/types/eks/token";
import { ROLE } from "../../providers/aws/types/iam/role";
import { isObject, type Properties, type Value } from "../../rpc/values";
import type { AccountView } from "./account-view";
import { byRole, type Call, call, type Need, through } from "./call";

const STORE = "kubernetes:external-secrets.io/v1:SecretStore";
const EXTERNAL_SECRET = "kubernetes:external-secrets.io/v1:ExternalSecret";
/** The account of the controller, which reads where a store names no other. */
const CONTROLLER = "external-secrets";

/** What a cluster needs: roles that it, its nodes and its pods may take, keys of volumes, secrets. */
export function clusterCalls(view: AccountView): Call[] {
    return [
        ...view.all(CLUSTER).flatMap((one) => taken(one, one.inputs.roleArn, "eks.amazonaws.com", "the cluster", view)),
        ...view
            .all(NODE_GROUP)
            .flatMap((one) => [
                ...taken(one, one.inputs.nodeRoleArn, "ec2.amazonaws.com", "the node group", view),
                ...volumeCalls(one, view),
            ]),
        ...view.all(POD_IDENTITY).flatMap((one) => podCalls(one, view)),
        ...view.all(EXTERNAL_SECRET).flatMap((one) => secretCalls(one, view)),
    ];
}

function taken(entity: Entity, role: Value | undefined, service: string, what: string, view: AccountView): Call[] {
    if (typeof role !== "string" || !view.find(ROLE, role)) return [];
    const source = { arn: String(entity.outputs.arn), account: role.split(":")[4] ?? "" };
    const need = { kind: "service-role", need: `${what} ${entity.id}`, ...byService(service, source) };
    return [call(need, "sts:AssumeRole", role)];
}

/**
 * The tags that EKS gives a pod's session.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
function podCalls({ inputs, outputs }: Entity, view: AccountView): Call[] {
    const role = String(inputs.roleArn);
    const cluster = view.find(CLUSTER, String(inputs.clusterName));
    const source = { arn: String(cluster?.outputs.arn), account: role.split(":")[4] ?? "" };
    const { principal, context } = byService("pods.eks.amazonaws.com", source);
    const need: Need = {
        kind: "pod-identity",
        need: `the pods of ${inputs.namespace}/${inputs.serviceAccount} (${outputs.associationId})`,
        principal,
        context: {
            ...context,
            "aws:requesttag/eks-cluster-arn": [source.arn],
            "aws:requesttag/eks-cluster-name": [String(inputs.clusterName)],
            "aws:requesttag/kubernetes-namespace": [String(inputs.namespace)],
            "aws:requesttag/kubernetes-service-account": [String(inputs.serviceAccount)],
        },
    };
    return ["sts:AssumeRole", "sts:TagSession"].map((action) => call(need, action, role));
}

/**
 * Auto Scaling starts the nodes, so its own role needs the key of their volumes, and has no policy for that.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
function volumeCalls({ inputs, id }: Entity, view: AccountView): Call[] {
    const template = isObject(inputs.launchTemplate) ? inputs.launchTemplate : {};
    const found = view.find(LAUNCH_TEMPLATE, String(template.id ?? template.name));
    const mappings = found?.inputs.blockDeviceMappings;
    const keys = (Array.isArray(mappings) ? mappings.filter(isObject) : []).flatMap(({ ebs }) =>
        isObject(ebs) ? (view.key(ebs.kmsKeyId) ?? []) : [],
    );
    return keys.flatMap((key) => {
        const arn = String(key.outputs.arn);
        const [, partition = "", , , account = ""] = arn.split(":");
        const role = `arn:${partition}:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
        const context = { "aws:principalarn": [role], "kms:calleraccount": [account], ...through("ec2", key.region) };
        const need: Need = { kind: "node-volumes", need: `the nodes of ${id}`, principal: { role }, context };
        return [
            ...["kms:Decrypt", "kms:GenerateDataKeyWithoutPlaintext", "kms:DescribeKey"].map((one) =>
                call(need, one, arn),
            ),
            call(need, "kms:CreateGrant", arn, { "kms:grantisforawsresource": ["true"] }),
        ];
    });
}

/** External Secrets takes the role of the store, and reads the secret with it. https://external-secrets.io/latest/provider/aws-secrets-manager/ */
function secretCalls({ inputs, id, within }: Entity, view: AccountView): Call[] {
    const spec = objectIn(inputs, "spec");
    const namespace = String(objectIn(inputs, "metadata").namespace);
    const name = String(objectIn(spec, "secretStoreRef").name);
    const store = view.all(STORE).find((one) => one.within === within && one.id === `${namespace}/${name}`);
    if (!store) return [];
    const controller = view.all(POD_IDENTITY).find(({ inputs: one }) => one.serviceAccount === CONTROLLER);
    const base = controller && view.find(ROLE, String(controller.inputs.roleArn));
    const named = objectIn(objectIn(objectIn(store.inputs, "spec"), "provider"), "aws").role;
    const reader = named === undefined ? base : view.find(ROLE, String(named));
    if (!base || !reader) return [];
    const what = { kind: "external-secrets", need: `the external secret ${id}` };
    const arn = String(reader.outputs.arn);
    const takes = reader === base ? [] : [call({ ...what, ...byRole(base) }, "sts:AssumeRole", arn)];
    const references = Array.isArray(spec.data)
        ? spec.data.filter(isObject).map((one) => objectIn(one, "remoteRef").key)
        : [];
    const from = Array.isArray(spec.dataFrom)
        ? spec.dataFrom.filter(isObject).map((one) => objectIn(one, "extract").key)
        : [];
    const keys = new Set([...references, ...from].map(String));
    return [...takes, ...[...keys].flatMap((key) => secretReads({ ...what, ...byRole(reader) }, key, view))];
}

/** What reading a secret takes: the secret, and its key. https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html */
export function secretReads(need: Need, arn: string, view: AccountView): Call[] {
    const secret = view.byArn(arn);
    if (!secret) return [];
    const key = view.key(secret.inputs.kmsKeyId);
    const context = through("secretsmanager", secret.region);
    const decrypts = key ? [call(need, "kms:Decrypt", String(key.outputs.arn), context)] : [];
    return [call(need, "secretsmanager:GetSecretValue", arn), ...decrypts];
}

function objectIn(properties: Properties, name: string): Properties {
    const value = properties[name];
    return isObject(value) ? value : {};
}
