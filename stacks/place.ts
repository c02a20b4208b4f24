import { type ArnPlace, type Problem, problemAt, settingName, unwrapped } from "@plinth/components";
import { partitionOf } from "@plinth/facts";
import { z } from "zod";
import type { StackContext } from "./part";

/** All ARNs in a part's settings that name something in another place than the stack's, where it is of no use to the stack. */
export function placeProblems(
    where: string,
    schema: z.ZodType,
    value: unknown,
    stack: Pick<StackContext, "region" | "accountId">,
): Problem[] {
    return arnsIn(schema, value).flatMap(({ path, arn, place }) => {
        const fault = placeFault(arn, place, stack);
        return fault ? [problemAt(settingName(where, path), fault)] : [];
    });
}

function placeFault(
    arn: string,
    place: ArnPlace,
    { region, accountId }: Pick<StackContext, "region" | "accountId">,
): string | undefined {
    const [, partition, , itsRegion, itsAccount] = arn.split(":");
    const own = partitionOf(region).name;
    if (partition !== own) {
        return `"${arn}" is in the partition ${partition}, and the stack's ${region} is in ${own}; give one of that`;
    }
    if (place === "partition") return undefined;
    if (itsRegion !== region) return `"${arn}" is in ${itsRegion}, and the stack is in ${region}; give one there`;
    if (place === "region" || accountId === undefined || itsAccount === accountId) return undefined;
    return `"${arn}" is in the account ${itsAccount}, and the stack is in ${accountId}; give one there`;
}

interface FoundArn {
    path: PropertyKey[];
    arn: string;
    place: ArnPlace;
}

function arnsIn(schema: z.ZodType | undefined, value: unknown, path: PropertyKey[] = []): FoundArn[] {
    const inner = unwrapped(schema);
    const place = inner?.meta()?.place;
    if (place && typeof value === "string" && value.startsWith("arn:")) return [{ path, arn: value, place }];
    if (Array.isArray(value) && inner instanceof z.ZodArray)
        return value.flatMap((item, index) => arnsIn(inner.element as z.ZodType, item, [...path, index]));
    if (typeof value !== "object" || value === null) return [];
    const schemaOf = (key: string) =>
        inner instanceof z.ZodObject
            ? (inner.shape[key] as z.ZodType | undefined)
            : inner instanceof z.ZodRecord
              ? (inner.valueType as z.ZodType)
              : undefined;
    return Object.entries(value).flatMap(([key, item]) => arnsIn(schemaOf(key), item, [...path, key]));
}
