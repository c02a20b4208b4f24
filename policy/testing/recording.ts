import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { unknownSentinels } from "../../components/unknown-values";
import { types } from "../graph/types";
import { rules } from "../rules";
import { stable } from "./stable";

/** A resource as the recorder writes it, each time that the engine calls a policy pack. */
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

/** A resource in a recording, with what a policy pack sees at the first preview and once the resource exists. */
export interface Recorded {
    readonly type: string;
    readonly name: string;
    readonly provider?: string;
    /** Values that are unknown at the first preview are `Later`, known values that change are `Changed`. */
    readonly props: Readonly<Record<string, unknown>>;
    /** By input, the resources that it is computed from, by `nameOf`. */
    readonly sources: Readonly<Record<string, readonly string[]>>;
}

/** A value that is unknown at the first preview, and its value once the resource exists; `null` for none. */
export interface Later {
    readonly $later: unknown;
}

/** A value that is known at the first preview and different once the resource exists; `null` for none. */
export interface Changed {
    readonly $first: unknown;
    readonly $then: unknown;
}

export const isLater = (value: object): value is Later => "$later" in value;
export const isChanged = (value: object): value is Changed => "$first" in value;

/** The last part of the type, and the name: `Key:database-encryption-key`. */
export const nameOf = ({ type, name }: { type: string; name: string }) => `${type.split(":").pop()}:${name}`;

/** The id at the end of an ARN; undefined without an ARN. */
export const idOf = (arn: unknown): string | undefined =>
    typeof arn === "string" ? arn.split(/[:/]/).pop() : undefined;

/** Inputs that most resources have and no rule reads. */
const ignored = new Set(["tags", "tagsAll", "tagSpecifications", "recoveryPointTags"]);

/** The types that a rule judges or follows. */
const judged = new Set<string>([...Object.values(types), ...rules.flatMap(({ appliesTo }) => appliesTo)]);

/**
 * The recording of what a policy pack sees at the preview and at the end of an `up`. It contains the resources that rules
 * judge or follow; of other resources that their inputs come from, only the name.
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

/** The text of a recording's file: one resource per line, so that a diff is readable, and equal for equal platforms. */
export function textOf(recording: readonly Recorded[]): string {
    const lines = recording.map((one) => ({
        name: nameOf(one),
        own: JSON.stringify(one.props.arn ?? ""),
        text: JSON.stringify(one),
    }));
    return `[\n${stable(lines, new Map(recording.flatMap(generatedBy))).join(",\n")}\n]\n`;
}

/** The secret that a resource generates, and its name. */
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
