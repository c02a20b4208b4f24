import type { Given, PlatformContext, Problem, TierName } from "@plinth/components";
import type { PlannedResource } from "@plinth/cost";
import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";

/** What all parts of a stack's platform have in common. */
export interface StackContext {
    tier: TierName;
    /** The AWS region, such as `eu-west-1`. */
    region: string;
    /** The account that the stack may be made in; undefined for whatever account the credentials belong to. */
    accountId?: string;
    platform: PlatformContext;
    /** The parts whose settings hold a value that was given with `pulumi config set --secret`; Pulumi does not say which value. */
    secretParts: ReadonlySet<string>;
}

/**
 * A part of the platform: everything that the program knows about it. The schema, the defaults, the reserved names, the
 * outputs and the documentation of the program are made from the list of these.
 * @typeParam Spec what its settings come to: undefined where a stack can do without it
 * @typeParam Made what is created of it
 */
export interface Part<Key extends string = string, Spec = unknown, Made = unknown> {
    /** Its key in the configuration, after `plinth:`. */
    readonly key: Key;
    readonly presence: Presence;
    /** Other parts that it is made from or judged with. They stand before it in the list of parts. */
    readonly needs: Readonly<Record<string, Part>>;
    /** The part that it belongs to: without that one it is not there either. */
    readonly within?: Part;
    /** The schema of its settings, each with its defaults. */
    readonly settings: z.ZodType;
    /** Names of its components that are the same in every stack. */
    readonly componentNames: readonly string[];
    /** Whether what is given with `pulumi config set --secret` stays secret in it. */
    readonly keepsSecrets?: boolean;
    /** Its settings that the README's table of tiers shows. */
    readonly sizing: readonly string[];
    /** The engine that defaults depend on, where another part chooses it. */
    engine?(specs: object): string | undefined;
    /** Completes a spec by defaults that depend on other settings. */
    derive?(spec: Spec, context: SpecContext<unknown, object>): Spec;
    /** All that is wrong with a complete spec; `where` stands in front of the names of settings. */
    problems?(spec: Spec, where: string, context: SpecContext<unknown, object>): Problem[];
    /** Names of components that the stack chose, each with the setting that it stands in. */
    chosenNames?(spec: Spec, where: string): ChosenName[];
    /** Names of components that follow from what the stack chose. */
    derivedNames?(spec: Spec): string[];
    /** The ports that it serves in the isolated subnets. */
    dataPorts?(spec: Spec): number[];
    create?(spec: Spec, context: CreateContext<object, object>): Made;
    /** The stack's outputs. */
    outputs?(made: Made): Record<string, unknown>;
}

/** What a part's spec is completed and judged with. */
export interface SpecContext<Given, Specs> {
    stack: StackContext;
    /** What the stack gave of the part's settings. */
    given: Given;
    /** The specs of the parts that it needs. */
    specs: Specs;
}

/** What a part's component is created with, besides its own spec. */
export interface CreateContext<Made, Specs> extends StackContext {
    /** Options of every component: the provider. */
    options: pulumi.ComponentResourceOptions;
    /** The ports that the stack's data stores serve in the isolated subnets. */
    dataPorts: number[];
    /** What has been created so far, with what its price depends on. */
    planned(): PlannedResource[];
    /** The keys of all parts that the stack has, also of those that are created later. */
    present: ReadonlySet<string>;
    /** What was created of the parts that it needs. */
    made: Made;
    /** The specs of the parts that it needs. */
    specs: Specs;
}

/** When a stack has a part: always, unless its key is `false`, or only where its key is given; or another in each tier. */
export type Presence = "always" | OptionalPresence | Readonly<Record<TierName, OptionalPresence>>;
type OptionalPresence = "by default" | "on request";

/** Whether a stack of a tier has a part that its configuration does not mention. */
export function isPresentByDefault(presence: Presence, tier: TierName): boolean {
    return (typeof presence === "string" ? presence : presence[tier]) !== "on request";
}

/** A name that the stack chose. */
export interface ChosenName {
    name: string;
    /** The setting that it stands in. */
    at: string;
}

/** The specs of some parts, by the name that they are needed under. */
export type SpecsOf<Parts> = { [Name in keyof Parts]: Parts[Name] extends Part<string, infer Spec> ? Spec : never };

/** What is created of some parts. */
export type MadeOf<Parts> = {
    [Name in keyof Parts]: Parts[Name] extends Part<string, unknown, infer Made> ? Made : never;
};

interface Definition<Key, Schema extends z.ZodType, Needs, Made> extends Pick<Part, "within" | "keepsSecrets"> {
    key: Key;
    needs: Needs;
    settings: Schema;
    /** @default the key alone */
    componentNames?: readonly string[];
    /** @default none */
    sizing?: readonly string[];
    engine?(specs: SpecsOf<Needs>): string | undefined;
    derive?(spec: z.output<Schema>, context: SpecContext<Given<Schema>, SpecsOf<Needs>>): z.output<Schema>;
    problems?(spec: z.output<Schema>, where: string, context: SpecContext<Given<Schema>, SpecsOf<Needs>>): Problem[];
    chosenNames?(spec: z.output<Schema>, where: string): ChosenName[];
    derivedNames?(spec: z.output<Schema>): string[];
    dataPorts?(spec: z.output<Schema>): number[];
    create?(spec: z.output<Schema>, context: CreateContext<MadeOf<Needs>, SpecsOf<Needs>>): Made;
    outputs?(made: Made): Record<string, unknown>;
}

/** A part that every stack has. */
export function part<
    Key extends string,
    Schema extends z.ZodType,
    Needs extends Record<string, Part>,
    Made = undefined,
>(definition: Definition<Key, Schema, Needs, Made>): Part<Key, z.output<Schema>, Made> {
    return { componentNames: [definition.key], sizing: [], ...definition, presence: "always" };
}

/** A part that a stack can do without. */
export function optionalPart<
    Key extends string,
    Schema extends z.ZodType,
    Needs extends Record<string, Part>,
    Made = undefined,
>(
    definition: Definition<Key, Schema, Needs, Made> & { presence: Exclude<Presence, "always"> },
): Part<Key, z.output<Schema> | undefined, Made | undefined> {
    return { componentNames: [definition.key], sizing: [], ...definition };
}
