import type { Entity } from "../../account/account";
import { statementsOf } from "../../providers/aws/iam/document";
import { byService, logEncryption } from "../../providers/aws/iam/service";
import { PLAN, SELECTION, VAULT } from "../../providers/aws/types/backup/backup";
import { LOG_GROUP } from "../../providers/aws/types/cloudwatch/log-group";
import { FLOW_LOG } from "../../providers/aws/types/ec2/flow-log";
import { ROLE } from "../../providers/aws/types/iam/role";
import { CLUSTER as DATABASE_CLUSTER } from "../../providers/aws/types/rds/cluster-rule";
import { INSTANCE } from "../../providers/aws/types/rds/instance-change";
import { SECRET_ROTATION } from "../../providers/aws/types/secretsmanager/secret-rotation";
import { SECRET } from "../../providers/aws/types/secretsmanager/secret-version";
import {
    ROTATION_APPLICATION,
    rotationFunctionArn,
} from "../../providers/aws/types/serverlessrepository/rotation-application";
import { isObject, type Properties } from "../../rpc/values";
import type { AccountView } from "./account-view";
import { byRole, type Call, call, type Need, through } from "./call";

/** What logs, backups, monitoring and rotations need. */
export function dataCalls(view: AccountView): Call[] {
    return [
        ...view.all(LOG_GROUP).flatMap((group) => logCalls(group, view)),
        ...view.all(FLOW_LOG).flatMap((log) => flowLogCalls(log, view)),
        ...view.all(INSTANCE, DATABASE_CLUSTER).flatMap((one) => monitoringCalls(one, view)),
        ...view.all(SELECTION).flatMap((one) => backupCalls(one, view)),
        ...view.all(SECRET_ROTATION).flatMap((one) => rotationCalls(one, view)),
    ];
}

function logCalls({ inputs, outputs, id }: Entity, view: AccountView): Call[] {
    const key = view.key(inputs.kmsKeyId);
    const what = { kind: "encrypted-logs", need: `the log group ${id}` };
    const requests = key ? logEncryption(String(outputs.arn), String(key.outputs.arn)) : [];
    return requests.map((request) => ({ ...what, ...request }));
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html */
function flowLogCalls({ inputs, outputs, id }: Entity, view: AccountView): Call[] {
    const role = view.find(ROLE, String(inputs.iamRoleArn));
    const group = view.find(LOG_GROUP, String(inputs.logDestination));
    if (!role || !group) return [];
    const need: Need = { kind: "flow-log", need: `the flow log ${id}`, ...byRole(role) };
    const arn = String(group.outputs.arn);
    return [
        ...assumed(need, "vpc-flow-logs.amazonaws.com", role, String(outputs.arn)),
        call(need, "logs:CreateLogStream", `${arn}:log-stream:eni-0`),
        call(need, "logs:PutLogEvents", `${arn}:log-stream:eni-0`),
        call(need, "logs:DescribeLogStreams", `${arn}:*`),
        call(need, "logs:DescribeLogGroups", "*"),
    ];
}

function monitoringCalls({ inputs, outputs, id }: Entity, view: AccountView): Call[] {
    const role = inputs.monitoringRoleArn ? view.find(ROLE, String(inputs.monitoringRoleArn)) : undefined;
    if (!role) return [];
    const need: Need = { kind: "monitoring", need: `the monitoring of ${id}`, ...byRole(role) };
    return assumed(need, "monitoring.rds.amazonaws.com", role, String(outputs.arn));
}

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html */
function backupCalls({ inputs, name }: Entity, view: AccountView): Call[] {
    const role = view.find(ROLE, String(inputs.iamRoleArn));
    const plan = view.find(PLAN, String(inputs.planId));
    if (!role || !plan) return [];
    const need: Need = { kind: "backup", need: `the backups of ${name}`, ...byRole(role) };
    const chosen = Array.isArray(inputs.resources) ? inputs.resources.map(String) : [];
    const rules = (Array.isArray(plan.inputs.rules) ? plan.inputs.rules : []).filter(isObject);
    const copies = rules.flatMap(({ copyActions }) => (Array.isArray(copyActions) ? copyActions.filter(isObject) : []));
    const vaults = copies.map((copy) => String(copy.destinationVaultArn)).filter((arn) => view.find(VAULT, arn));
    return [
        ...assumed(need, "backup.amazonaws.com", role, String(plan.outputs.arn)),
        ...chosen.flatMap((arn) => snapshot(need, arn)),
        ...vaults.map((arn) => call(need, "backup:CopyIntoBackupVault", arn)),
    ];
}

function snapshot(need: Need, arn: string): Call[] {
    if (/:rds:[^:]*:\d+:db:/.test(arn)) return [call(need, "rds:CreateDBSnapshot", arn)];
    return /:rds:[^:]*:\d+:cluster:/.test(arn) ? [call(need, "rds:CreateDBClusterSnapshot", arn)] : [];
}

/**
 * The function of a rotation application may use one key, which its parameter names: the secret's, where that has one.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html
 */
function rotationCalls({ inputs, region }: Entity, view: AccountView): Call[] {
    const secret = view.find(SECRET, String(inputs.secretId));
    const key = view.key(secret?.inputs.kmsKeyId);
    const [, partition = "", , , account = ""] = String(secret?.outputs.arn).split(":");
    const application = view
        .all(ROTATION_APPLICATION)
        .find((one) => rotationFunctionArn(one.inputs, region, account) === inputs.rotationLambdaArn);
    if (!secret || !key || !application) return [];
    const parameters = isObject(application.inputs.parameters) ? (application.inputs.parameters as Properties) : {};
    const role = `arn:${partition}:iam::${account}:role/${application.inputs.name}`;
    const context = {
        "aws:principalarn": [role],
        "kms:calleraccount": [account],
        ...through("secretsmanager", region),
    };
    const named = view.key(parameters.kmsKeyArn);
    const need: Need = {
        kind: "rotation",
        need: `the rotation of ${secret.inputs.name}`,
        principal: { role },
        context,
    };
    const policy = {
        of: `the policy of ${application.inputs.name}, whose kmsKeyArn is ${parameters.kmsKeyArn ?? "missing"}`,
        statements: statementsOf({
            Statement: {
                Effect: "Allow",
                Action: ["kms:Decrypt", "kms:GenerateDataKey"],
                Resource: named?.outputs.arn ?? [],
            },
        }),
    };
    return ["kms:Decrypt", "kms:GenerateDataKey"].map((action) => ({
        ...call(need, action, String(key.outputs.arn)),
        made: policy,
    }));
}

/** A service takes a role for a resource of the account. */
function assumed(need: Need, service: string, role: Entity, source: string): Call[] {
    const arn = String(role.outputs.arn);
    const by = byService(service, { arn: source, account: arn.split(":")[4] ?? "" });
    return [call({ ...need, ...by }, "sts:AssumeRole", arn)];
}
