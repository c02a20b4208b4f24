import { unknownSentinels } from "@plinth/components/unknown-values";
import { isRecord, type PlannedResource, withUnknowns } from "./resource";

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
            inputs: withUnknowns(state.inputs ?? {}, isSentinel) as PlannedResource["inputs"],
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

const isSentinel = (value: unknown) => unknownSentinels.has(value);

type Writable = { -readonly [Key in keyof PlannedResource]: PlannedResource[Key] };

function parse(text: string): Preview {
    let preview: unknown;
    try {
        preview = JSON.parse(text);
    } catch {
        preview = undefined;
    }
    if (isRecord(preview) && Array.isArray(preview.steps)) return preview as unknown as Preview;
    throw new Error("this is not a plan: give what `pulumi preview --json --show-sames` prints");
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
    return typeof region === "string" && !isSentinel(region) ? region : undefined;
}

function nameOf(urn: string): string {
    return urn.split("::").slice(3).join("::");
}
