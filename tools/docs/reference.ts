import { type Default, tierNames, unwrapped } from "@plinth/components";
import type * as ts from "typescript";
import { z } from "zod";
import type { Part } from "../../stacks/part";
import { parts } from "../../stacks/parts";
import { stackSettings } from "../../stacks/stack-settings";
import { Comments, type SettingComment } from "./comments";
import { modules } from "./program";

/** A setting as the documentation shows it. */
export interface SettingEntry extends SettingComment {
    /** Its name after `plinth:`, with `<name>` for a name that the stack chooses, and `[]` for each entry of a list. */
    path: string;
    /** Its schema, without `optional`. */
    schema: z.ZodType;
    /** Whether a stack can leave it out. */
    optional: boolean;
    whenOmitted?: Default;
    /** The settings in it, where it is a group. */
    children: SettingEntry[];
}

/** A part of the platform as the documentation shows it. */
export interface PartEntry {
    key: string;
    presence: Part["presence"];
    entry: SettingEntry;
}

/** Everything that a stack can configure. */
export interface Reference {
    /** What concerns the whole stack. */
    stack: SettingEntry[];
    parts: PartEntry[];
}

/** Reads the schemas of all parts, and the comments on their fields. */
export function readReference(root: string): Reference {
    const comments = new Comments(root, modules.parts);
    const specs = comments.exportedType("PartSpecs");
    const stack = new Comments(root, modules.stackSettings);
    return {
        stack: childrenOf(stackSettings, stack.exportedType("StackSettings"), "", stack),
        parts: (parts as readonly Part[]).map((part) => {
            const { type } = comments.property(specs, part.key);
            const comment = comments.importedComment(`${part.key}Part`);
            return {
                key: part.key,
                presence: part.presence,
                entry: entryOf(part.settings, type, part.key, comment, comments),
            };
        }),
    };
}

/** Every setting of an entry, groups before what is in them. */
export function flattened(entry: SettingEntry): SettingEntry[] {
    return entry.children.flatMap((child) => [child, ...flattened(child)]);
}

/** The default in each tier, as the configuration would say it; undefined for none. */
export function defaultsByTier(rule: Default | undefined): unknown[] {
    if (rule?.kind === "tier") return tierNames.map((tier) => rule.values[tier]);
    return tierNames.map(() => (rule?.kind === "fixed" ? rule.value : undefined));
}

function entryOf(
    field: z.ZodType,
    type: ts.Type,
    name: string,
    comment: SettingComment,
    comments: Comments,
): SettingEntry {
    const schema = unwrapped(field);
    return {
        ...comment,
        path: name,
        schema,
        optional: field instanceof z.ZodOptional,
        whenOmitted: field.meta()?.whenOmitted ?? schema.meta()?.whenOmitted,
        children: childrenOf(schema, type, name, comments),
    };
}

function childrenOf(schema: z.ZodType, type: ts.Type, name: string, comments: Comments): SettingEntry[] {
    if (schema instanceof z.ZodRecord) {
        return childrenOf(
            unwrapped(schema.valueType as z.ZodType),
            comments.entryType(type),
            `${name}.<name>`,
            comments,
        );
    }
    if (schema instanceof z.ZodArray) {
        return childrenOf(unwrapped(schema.element as z.ZodType), comments.elementType(type), `${name}[]`, comments);
    }
    if (!(schema instanceof z.ZodObject)) return [];
    return Object.entries(schema.shape as Record<string, z.ZodType>).map(([key, field]) => {
        const property = comments.property(type, key);
        return entryOf(field, property.type, name ? `${name}.${key}` : key, property.comment, comments);
    });
}
