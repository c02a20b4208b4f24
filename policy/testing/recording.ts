import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { unknownSentinels } from "../graph/reading";
import { types } from "../graph/types";
import { rules } from "../rules";
import { stable } from "./stable";

/** What the recorder writes of a resource, each time that a policy pack judges the stack. */
export interface Shown {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    readonly props: Readonly<Record<string, unknown>>;
    /** URNs of the resources that an input is computed from, by input. */
    readonly sources: Readonly<Record<string, readonly string[]>>;
    /** The name of the provider. */
    readonly provider?: string;
}

/** A resource in a recording: both what is shown of it at the first preview and, in `Later`, what is shown once it exists. */
export interface Recorded {
    readonly type: string;
    readonly name: string;
    readonly provider?: string;
    /** Values that are not known at first are `Later`. */
    readonly props: Readonly<Record<string, unknown>>;
    /** By input, the resources that it is computed from, as `nameOf` says them. */
    readonly sources: Readonly<Record<string, readonly string[]>>;
}

/** A value that a preview does not know, and what it is once the resource exists; `null` where it is nothing. */
export interface Later {
    readonly $later: unknown;
}

/** A value that a preview knows, and that is another once the resource exists; `null` where it is nothing. */
export interface Changed {
    readonly $first: unknown;
    readonly $then: unknown;
}

export const isLater = (value: object): value is Later => "$later" in value;
export const isChanged = (value: object): value is Changed => "$first" in value;

/** The last part of a type, and the name: `Key:database-encryption-key`. */
export const nameOf = ({ type, name }: { type: string; name: string }) => `${type.split(":").pop()}:${name}`;

/** The id at the end of an ARN; undefined where there is no ARN. */
export const idOf = (arn: unknown): string | undefined =>
    typeof arn === "string" ? arn.split(/[:/]/).pop() : undefined;

/** What no rule reads, and every resource has. */
const ignored = new Set(["tags", "tagsAll", "tagSpecifications", "recoveryPointTags"]);

/** The types that a rule judges or walks over. */
const judged = new Set<string>([...Object.values(types), ...rules.flatMap(({ appliesTo }) => appliesTo)]);

/**
 * A recording of what is shown at the preview and at the end of an `up`: of what rules judge or walk over. Of what that
 * comes from besides, there is the name alone.
 */
export function toRecording(preview: readonly Shown[], update: readonly Shown[]): Recorded[] {
    const later = new Map(update.map((one) => [one.urn, one]));
    const byUrn = new Map(preview.map((one) => [one.urn, one]));
    const kept = new Set(preview.filter(({ type }) => judged.has(type)));
    for (const { sources } of [...kept]) {
        for (const urn of Object.values(sources).flat()) {
            const source = byUrn.get(urn);
            if (source) kept.add(source);
        }
    }
    const recorded = [...kept].map(({ type, name, urn, props, sources, provider }): Recorded => {
        if (!judged.has(type)) return { type, name, props: {}, sources: {} };
        const named = Object.entries(sources).map(([input, urns]): [string, string[]] => [
            input,
            urns.flatMap((one) => byUrn.get(one) ?? []).map(nameOf),
        ]);
        return {
            ...{ type, name, provider },
            props: merged(props, later.get(urn)?.props ?? {}) as Recorded["props"],
            sources: Object.fromEntries(named.map(([input, names]) => [input, names.sort()])),
        };
    });
    return recorded.sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
}

function merged(first: unknown, then: unknown): unknown {
    if (unknownSentinels.has(first)) return { $later: then ?? null } satisfies Later;
    if (Array.isArray(first) && Array.isArray(then) && first.length === then.length)
        return first.map((one, index) => merged(one, then[index]));
    if (isRecord(first) && isRecord(then)) {
        const keys = [...new Set([...Object.keys(first), ...Object.keys(then)])].filter((key) => !ignored.has(key));
        return Object.fromEntries(keys.sort().map((key) => [key, merged(first[key], then[key])]));
    }
    return JSON.stringify(first) === JSON.stringify(then)
        ? first
        : ({ $first: first ?? null, $then: then ?? null } satisfies Changed);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === "object" && value !== null && !Array.isArray(value);

const fileOf = (platform: string) => path.join(__dirname, "data", `${platform}.json`);

/** The text of a recording's file: a resource a line, so that a difference can be read, and the same for each run. */
export function textOf(recording: readonly Recorded[]): string {
    const lines = recording.map((one) => ({
        name: nameOf(one),
        own: JSON.stringify(one.props.arn ?? ""),
        text: JSON.stringify(one),
    }));
    return `[\n${stable(lines, new Map(recording.flatMap(generatedBy))).join(",\n")}\n]\n`;
}

/** What a resource generates as a secret, by its name. */
function generatedBy({ type, name, props }: Recorded): [string, string][] {
    const { result } = props as { result?: Later };
    return type.startsWith("random:") && typeof result?.$later === "string"
        ? [[result.$later, `generated-${name}`]]
        : [];
}

export function saveRecording(platform: string, text: string): void {
    writeFileSync(fileOf(platform), text);
}

export const readRecording = (platform: string): string => readFileSync(fileOf(platform), "utf8");
