import { isRecord, type PlannedResource, unknown } from "./resource";

/** What stands for an unknown value in the engine's JSON, by kind of value. */
const unknownSentinels: ReadonlySet<unknown> = new Set([
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** What `pulumi preview --json` prints, as far as prices depend on it. */
interface Preview {
    config?: Record<string, string>;
    changeSummary?: { same?: number };
    steps: { op: string; newState?: State }[];
}

interface State {
    urn: string;
    type: string;
    custom?: boolean;
    parent?: string;
    provider?: string;
    inputs?: Record<string, unknown>;
    propertyDependencies?: Record<string, string[] | null>;
}

/** A plan, and the configuration that it was made with. */
export interface Plan {
    readonly config: Readonly<Record<string, string>>;
    readonly resources: readonly PlannedResource[];
}

/**
 * Reads what `pulumi preview --json --show-sames` printed: everything that the stack has after the update.
 * @throws Error where the text is something else
 */
export function readPreview(text: string): Plan {
    const { config = {}, steps, changeSummary = {} } = parse(text);
    const unchanged = steps.filter(({ op }) => op === "same").length;
    // Without them, a living stack would seem to cost nothing.
    if (unchanged < (changeSummary.same ?? 0))
        throw new Error(
            "this plan leaves out what does not change: give what `pulumi preview --json --show-sames` prints",
        );
    const states = new Map<string, State>();
    // Of the steps of a replacement, those with a new state have the same one.
    for (const { op, newState } of steps) if (newState && !op.startsWith("delete")) states.set(newState.urn, newState);
    const region = config["aws:region"];
    const resources = new Map<string, Writable>();
    for (const state of states.values()) {
        if (state.custom !== true || state.type.startsWith("pulumi:")) continue;
        const own = regionOf(state, states);
        resources.set(state.urn, {
            ...{ type: state.type, name: nameOf(state.urn), component: componentOf(state, states) },
            inputs: plain(state.inputs ?? {}) as PlannedResource["inputs"],
            sources: {},
            ...(own !== undefined && own !== region ? { region: own } : {}),
        });
    }
    for (const [urn, resource] of resources) {
        const dependencies = Object.entries(states.get(urn)?.propertyDependencies ?? {});
        resource.sources = Object.fromEntries(
            dependencies.map(([input, urns]) => [input, (urns ?? []).flatMap((one) => resources.get(one) ?? [])]),
        );
    }
    return { config, resources: [...resources.values()] };
}

type Writable = { -readonly [Key in keyof PlannedResource]: PlannedResource[Key] };

function parse(text: string): Preview {
    let preview: unknown;
    try {
        preview = JSON.parse(text);
    } catch {
        preview = undefined;
    }
    if (isRecord(preview) && Array.isArray(preview.steps)) return preview as unknown as Preview;
    throw new Error("this is not a plan: give what `pulumi preview --json` prints");
}

/** The name of the outermost component below the stack. */
function componentOf(state: State, states: ReadonlyMap<string, State>): string {
    const parent = states.get(state.parent ?? "");
    return parent === undefined || parent.type === "pulumi:pulumi:Stack"
        ? nameOf(state.urn)
        : componentOf(parent, states);
}

/** The region of a resource's provider. */
function regionOf({ type, provider = "" }: State, states: ReadonlyMap<string, State>): string | undefined {
    if (!type.startsWith("aws:")) return undefined;
    const region = states.get(provider.split("::").slice(0, 4).join("::"))?.inputs?.region;
    return typeof region === "string" && !unknownSentinels.has(region) ? region : undefined;
}

function nameOf(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

function plain(value: unknown): unknown {
    if (unknownSentinels.has(value)) return unknown;
    if (Array.isArray(value)) return value.map(plain);
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}
