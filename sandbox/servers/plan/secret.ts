import type { Entity } from "../../account/account";
import { currentVersion, SECRET } from "../../providers/aws/types/secretsmanager/secret-version";
import type { SecretPlan } from "./plan";
import { mapIn, textIn } from "./read";

/** The secrets of an account that have a value. */
export function plannedSecrets(entities: Entity[]): SecretPlan[] {
    return entities
        .filter(({ type }) => type === SECRET)
        .flatMap(({ id, inputs, outputs }) => {
            const version = currentVersion(id, entities);
            const text = version && textIn(version.outputs, "secretString");
            if (!text) return [];
            const description = textIn(outputs, "description");
            return [{ arn: id, name: textIn(outputs, "name"), description, text, tags: mapIn(inputs, "tags") }];
        });
}
