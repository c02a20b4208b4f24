import {
    type DefaultContext,
    type Problem,
    problemAt,
    resolveSettings,
    type TierName,
    unknownKey,
} from "@plinth/components";
import { isPresentByDefault, type Part, type StackContext } from "./part";
import { type PartSpecs, parts } from "./parts";
import { placeProblems } from "./place";
import { stackSettings } from "./stack-settings";
import { tagProblems, tagsOf } from "./tags";

/** A whole platform in plain values: the stack's configuration over its tier's defaults. */
export interface PlatformSpec extends StackContext, PartSpecs {}

/** Which stack of which project in which region. */
export interface StackIdentity {
    project: string;
    stack: string;
    region: string;
    /** The keys under `plinth:` that hold a value which was given with `pulumi config set --secret`. @default none */
    secretKeys?: readonly string[];
}

/** A platform as far as it could be made of a configuration, and all that is wrong with that. */
export interface ResolvedPlatform {
    spec: PlatformSpec;
    problems: Problem[];
}

const prefix = "plinth:";

/** What a configuration under `plinth:`, decoded and without the prefix, comes to in a tier. */
export function resolvePlatform(
    config: Readonly<Record<string, unknown>>,
    tier: TierName,
    identity: StackIdentity,
): ResolvedPlatform {
    const { stack, problems } = resolveStack(config, tier, identity);
    const specs: Record<string, unknown> = {};
    for (const part of parts as readonly Part[]) {
        const resolved = resolvePart(part, config[part.key], specs, stack);
        specs[part.key] = resolved.spec;
        problems.push(...resolved.problems);
    }
    problems.push(...unknownKeys(config), ...exposedSecrets(stack.secretParts), ...takenNames(specs));
    return { spec: { ...stack, ...(specs as unknown as PartSpecs) }, problems };
}

/** What the stack says of itself. */
function resolveStack(
    config: Readonly<Record<string, unknown>>,
    tier: TierName,
    { project, stack, region, secretKeys = [] }: StackIdentity,
): { stack: StackContext; problems: Problem[] } {
    const own = Object.keys(stackSettings.shape).filter((key) => key in config);
    const given = { ...Object.fromEntries(own.map((key) => [key, config[key]])), tier };
    const { spec, problems } = resolveSettings(stackSettings, given, prefix, { tier });
    const tags = tagsOf(spec.tags, { project, stack, tier });
    return {
        stack: {
            tier,
            region,
            accountId: spec.account?.id,
            platform: { namePrefix: `${project}-${stack}`, tags, protect: spec.protect },
            secretParts: new Set(secretKeys),
        },
        problems: [...problems, ...tagProblems(spec.tags)],
    };
}

function resolvePart(
    part: Part,
    value: unknown,
    specs: Readonly<Record<string, unknown>>,
    stack: StackContext,
): { spec: unknown; problems: Problem[] } {
    const where = prefix + part.key;
    const absent = (problems: Problem[] = []) => ({ spec: undefined, problems });
    if (value === false && part.presence !== "always") return absent();
    if (part.within && specs[part.within.key] === undefined) {
        const mend = `leave it out, or do not set ${prefix}${part.within.key} to false`;
        return absent(value === undefined ? [] : [problemAt(where, `needs the ${part.within.key}; ${mend}`)]);
    }
    if (value === undefined && !isPresentByDefault(part.presence, stack.tier)) return absent();

    const needed = Object.fromEntries(Object.entries(part.needs).map(([name, { key }]) => [name, specs[key]]));
    const context: DefaultContext = { tier: stack.tier, engine: part.engine?.(needed) };
    const resolved = resolveSettings(part.settings, value ?? {}, where, context);
    const specContext = { given: resolved.given, specs: needed, stack };
    const spec = part.derive ? part.derive(resolved.spec, specContext) : resolved.spec;
    const others = [
        ...placeProblems(where, part.settings, spec, stack),
        ...(part.problems?.(spec, where, specContext) ?? []),
    ];
    const named = ({ at }: Problem) => resolved.problems.some((problem) => isWithin(at, problem.at));
    return { spec, problems: [...resolved.problems, ...others.filter((problem) => !named(problem))] };
}

/** Whether `at` is the setting `other` or in it. */
function isWithin(at: string, other: string): boolean {
    return at === other || at.startsWith(`${other}.`) || at.startsWith(`${other}[`);
}

function unknownKeys(config: Readonly<Record<string, unknown>>): Problem[] {
    const known = knownKeys();
    return Object.keys(config)
        .filter((key) => !known.includes(key))
        .map((key) => unknownKey(prefix + key, key, known, (other) => prefix + other));
}

/** Secrets in settings that would be in plain text in the stack's state. */
function exposedSecrets(secretParts: ReadonlySet<string>): Problem[] {
    const safe = (parts as readonly Part[]).filter(({ keepsSecrets }) => keepsSecrets).map(({ key }) => key);
    return [...secretParts]
        .filter((key) => knownKeys().includes(key) && !safe.includes(key))
        .map((key) =>
            problemAt(
                prefix + key,
                "holds a value given with --secret, which nothing here keeps secret; give it without",
            ),
        );
}

/** Everything that can stand after `plinth:`. */
export function knownKeys(): string[] {
    return [...Object.keys(stackSettings.shape), ...parts.map(({ key }) => key)];
}

/** Names that the stack chose and another component has, or would have if the stack had its part. */
function takenNames(specs: Readonly<Record<string, unknown>>): Problem[] {
    const all = parts as readonly Part[];
    const present = all.filter(({ key }) => specs[key] !== undefined);
    const taken = new Set([
        ...all.flatMap(({ componentNames }) => componentNames),
        ...present.flatMap((part) => part.derivedNames?.(specs[part.key]) ?? []),
    ]);
    return present
        .flatMap((part) => part.chosenNames?.(specs[part.key], prefix + part.key) ?? [])
        .filter(({ name }) => taken.has(name))
        .map(({ name, at }) =>
            problemAt(
                at,
                `"${name}" is the name of another component of the platform; give another, such as ${name}-1`,
            ),
        );
}
