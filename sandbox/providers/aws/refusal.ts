import { Account, type Entity } from "../../account/account";
import { ApiError, type Resource } from "../provider";
import { referencesOf } from "./reference";
import {
    type Creation,
    type CreationWithId,
    type Deletion,
    holds,
    type Rejection,
    type ResourceType,
    type Update,
} from "./resource-type";
import { resourceTypes } from "./types";
import type { UniqueNames } from "./unique-name";

/** Throws the first of the rules that `subject` violates, as AWS's API answers. */
export function refuse<Subject>(rules: Rejection<Subject>[] | undefined, action: string, subject: Subject): void {
    for (const rule of rules ?? [])
        if (holds(rule, subject)) throw new ApiError(rule.code, `${action}: ${rule.say(subject)}`);
}

/** Refuses a creation that conflicts with what is in the account. */
export function refuseCreation(resource: Resource, type: ResourceType, creation: Creation, names: UniqueNames): void {
    refuseMissingReferences(resource, creation);
    names.refuseTaken(resource, creation);
    refuse(type.conflicts, `creating ${resource.name}`, creation);
}

/** Refuses an update that conflicts with what is in the account. */
export function refuseUpdateConflicts(
    resource: Resource,
    type: ResourceType,
    update: Update & CreationWithId,
    names: UniqueNames,
): void {
    refuseMissingReferences(resource, update);
    names.refuseTaken(resource, update, update.id);
    refuse(type.updateConflicts, `updating ${resource.name}`, update);
}

/** Refuses to delete what is protected, or used by something else. */
export function refuseDeletion(resource: Resource, type: ResourceType, deletion: Deletion, account: Account): void {
    refuse(type.deleteBlockers, `deleting ${resource.name}`, deletion);
    refuseWhereUsed(resource, type, deletion.entity, account);
}

function refuseMissingReferences(resource: Resource, creation: Creation): void {
    for (const { property, type, handle, notFound } of referencesOf(resource.type, creation.inputs.properties)) {
        if (creation.find(type, handle)) continue;
        throw new ApiError(
            notFound,
            `${resource.name}: ${property} refers to ${handle}, and there is no such ${type} in the account`,
        );
    }
}

function refuseWhereUsed(resource: Resource, type: ResourceType, entity: Entity, account: Account): void {
    const key = Account.key(entity.type, entity.id);
    const user = account
        .records()
        .filter((other) => !other.retained && Account.key(other.type, other.id) !== key)
        .find((other) =>
            [
                ...[...referencesOf(other.type, other.inputs)].filter(({ weak }) => !weak),
                ...(resourceTypes[other.type]?.uses?.(other, finderIn(account)) ?? []),
            ].some((reference) => reference.type === entity.type && answersTo(entity, reference.handle)),
        );
    if (!user) return;
    throw new ApiError(
        type.inUse ?? "DependencyViolation",
        `deleting ${resource.name}: ${entity.id} is in use by ${user.name} (${user.type} ${user.id})`,
    );
}

/** Finds resources of an account by any handle that AWS takes. */
export function finderIn(account: Account): Creation["find"] {
    return (type, handle) =>
        account.records().find((entity) => entity.type === type && !entity.retained && answersTo(entity, handle));
}

/** Whether `handle` identifies this entity: its id, its ARN, or its physical name. */
function answersTo(entity: Entity, handle: string): boolean {
    const name = resourceTypes[entity.type]?.name;
    return (
        entity.id === handle || entity.outputs.arn === handle || (name !== undefined && entity.inputs[name] === handle)
    );
}
