import { managedPolicy } from "@plinth/facts";
import type { Account, Entity } from "../../account/account";
import { type Statement, statementsOf } from "../../providers/aws/iam/document";
import type { Policy } from "../../providers/aws/iam/evaluate";
import { finderIn } from "../../providers/aws/refusal";
import { VAULT, VAULT_POLICY } from "../../providers/aws/types/backup/backup";
import { MANAGED_POLICY } from "../../providers/aws/types/iam/managed-policy";
import { ROLE, ROLE_POLICY, ROLE_POLICY_ATTACHMENT } from "../../providers/aws/types/iam/role";
import { KEY, KEY_ALIAS, keyStatements } from "../../providers/aws/types/kms/key";
import { FUNCTION, PERMISSION } from "../../providers/aws/types/lambda/function";
import { SECRET } from "../../providers/aws/types/secretsmanager/secret-version";
import { TOPIC, TOPIC_POLICY } from "../../providers/aws/types/sns/topic";
import { QUEUE, QUEUE_POLICY } from "../../providers/aws/types/sqs/queue";

/** What has a policy of its own: the resource of that policy's own type, and the input that names what it is for. */
const apart: Record<string, { type: string; of: string }> = {
    [TOPIC]: { type: TOPIC_POLICY, of: "arn" },
    [QUEUE]: { type: QUEUE_POLICY, of: "queueUrl" },
    [VAULT]: { type: VAULT_POLICY, of: "backupVaultName" },
};

/** The input that holds the policy of a resource. */
const within: Record<string, string> = {
    [ROLE]: "assumeRolePolicy",
    [TOPIC]: "policy",
    [QUEUE]: "policy",
    [SECRET]: "policy",
};

/** What IAM knows of an account: its roles, and the policies of what it has. */
export class AccountView {
    readonly find: (type: string, handle: string) => Entity | undefined;
    readonly entities: Entity[];

    constructor(account: Account) {
        this.find = finderIn(account);
        this.entities = account.records().filter(({ retained }) => !retained);
    }

    all(...types: string[]): Entity[] {
        return this.entities.filter(({ type }) => types.includes(type));
    }

    /** What an ARN of the account names, among what IAM asks about. */
    byArn(arn: string): Entity | undefined {
        return this.entities.find(
            ({ type, id, outputs }) =>
                (type in within || type === KEY || type === VAULT || type === FUNCTION) && (outputs.arn ?? id) === arn,
        );
    }

    /** The customer's key that something is encrypted with; undefined for none, and for a key that AWS manages. */
    key(handle: unknown): Entity | undefined {
        if (typeof handle !== "string" || handle === "") return undefined;
        const alias = this.find(KEY_ALIAS, handle);
        return this.find(KEY, alias ? String(alias.inputs.targetKeyId) : handle);
    }

    /** The policies of a role; undefined where it has one that is not known. */
    identity(role: Entity): Policy[] | undefined {
        const named = (policy: string) => `${policy} of the role ${role.id}`;
        const own = this.all(ROLE_POLICY)
            .filter(({ inputs }) => inputs.role === role.id || inputs.role === role.outputs.arn)
            .map(({ inputs }) => ({ of: named(`the policy ${inputs.name}`), statements: statementsOf(inputs.policy) }));
        const attached = this.all(ROLE_POLICY_ATTACHMENT)
            .filter(({ inputs }) => inputs.role === role.id)
            .map(({ inputs }) => {
                const arn = String(inputs.policyArn);
                const document = this.find(MANAGED_POLICY, arn)?.inputs.policy ?? managedPolicy(arn);
                return document === undefined ? undefined : { of: named(arn), statements: statementsOf(document) };
            });
        // What AWS or another account has written since is not known, and a boundary takes from what the policies allow.
        if (
            attached.includes(undefined) ||
            role.inputs.permissionsBoundary ||
            role.inputs.inlinePolicies ||
            role.inputs.managedPolicyArns
        )
            return undefined;
        return [...own, ...attached.flatMap((policy) => policy ?? [])];
    }

    /** The policy of a resource itself. */
    policyOf(entity: Entity): Policy | undefined {
        const of = `the policy of ${entity.id}`;
        if (entity.type === FUNCTION) return { of, statements: this.permissionsOf(entity) };
        const own = apart[entity.type];
        const handles = [entity.id, entity.outputs.arn, entity.inputs.name];
        const separate = own && this.all(own.type).find(({ inputs }) => handles.includes(inputs[own.of] ?? null));
        const field = within[entity.type] ?? "";
        if (entity.type === KEY) return { of, statements: keyStatements(entity) };
        const document = separate?.inputs.policy ?? (entity.inputs[field] || entity.outputs[field]);
        if (document)
            return {
                of: entity.type === ROLE ? `the trust policy of ${entity.id}` : of,
                statements: statementsOf(document),
            };
        return undefined;
    }

    private permissionsOf(lambda: Entity): Statement[] {
        return this.all(PERMISSION)
            .filter(({ inputs }) => [lambda.id, lambda.outputs.arn].includes(inputs.function ?? null))
            .flatMap(({ inputs, name }) => {
                const { principal, action, sourceArn, sourceAccount } = inputs;
                const condition = {
                    ...(sourceArn && { ArnLike: { "AWS:SourceArn": sourceArn } }),
                    ...(sourceAccount && { StringEquals: { "AWS:SourceAccount": sourceAccount } }),
                };
                const statement = {
                    Sid: name,
                    Effect: "Allow",
                    Principal: { Service: principal },
                    Action: action,
                    Condition: condition,
                };
                return statementsOf({ Statement: statement });
            });
    }
}
