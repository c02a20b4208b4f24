import { comparable, type Identity, identityOf, textsIn } from "./identity";
import { absent, hasUnknown, type Reading, readProperty, text } from "./reading";

/** What the graph needs of a `PolicyResource`. */
export interface GraphResource {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    readonly props: object;
    readonly propertyDependencies: Readonly<Record<string, readonly { readonly urn: string }[]>>;
    readonly provider?: { readonly urn: string } | undefined;
    /** The inputs that the program states; undefined when they were not recorded. */
    readonly stated?: ReadonlySet<string> | undefined;
}

/** How sure it is that an input names a certain resource. */
export type Naming = "certain" | "possible" | "no";

/** All resources of a stack, with the edges between them as the program made them. */
export class Graph {
    private readonly views = new Map<string, View>();
    private readonly byType = new Map<string, View[]>();
    private readonly names = new Map<string, ReadonlyMap<string, View[]>>();
    private readonly indexes = new Map<string, ReadonlyMap<string, readonly View[]>>();

    constructor(resources: readonly GraphResource[]) {
        for (const resource of resources) {
            const view = new View(this, resource);
            this.views.set(resource.urn, view);
            this.byType.set(resource.type, [...(this.byType.get(resource.type) ?? []), view]);
        }
    }

    /** Every resource of the given types; `*` at the end of one stands for any. */
    ofTypes(wanted: readonly string[]): View[] {
        return wanted.flatMap((type) =>
            type.endsWith("*")
                ? [...this.byType].flatMap(([one, views]) => (typeTest([type])(one) ? views : []))
                : (this.byType.get(type) ?? []),
        );
    }

    /** The resources of the given types that a name is known to stand for. */
    named(name: string, wanted: readonly string[]): View[] {
        return wanted.flatMap((type) => {
            let known = this.names.get(type);
            if (!known) {
                known = indexed(this.ofTypes([type]), (view) => view.identity.names);
                this.names.set(type, known);
            }
            return known.get(comparable(name)) ?? [];
        });
    }

    /** The resources of a type by what their `key` names: by the known texts in it, and by the URNs of its edges. */
    byNamed(type: string, key: string): ReadonlyMap<string, readonly View[]> {
        const slot = `${type} ${key}`;
        const known = this.indexes.get(slot);
        if (known) return known;
        const index = indexed(this.ofTypes([type]), (view) => [
            ...textsIn(view.read(key)).known.map(comparable),
            ...view.follow(key).map(({ urn }) => urn),
        ]);
        this.indexes.set(slot, index);
        return index;
    }

    /** The resource with that URN; undefined when the stack does not manage it. */
    find(urn: string): View | undefined {
        return this.views.get(urn);
    }
}

/** Tells whether a type is one of the wanted, of which one may end with `*` for any. */
export function typeTest(wanted: readonly string[]): (type: string) => boolean {
    const named = new Set(wanted);
    const beginnings = wanted.flatMap((one) => (one.endsWith("*") ? [one.slice(0, -1)] : []));
    return (type) => named.has(type) || beginnings.some((beginning) => type.startsWith(beginning));
}

function indexed(views: readonly View[], namesOf: (view: View) => Iterable<string>): Map<string, View[]> {
    const index = new Map<string, View[]>();
    for (const view of views) {
        for (const name of new Set(namesOf(view))) {
            const listed = index.get(name);
            if (listed) listed.push(view);
            else index.set(name, [view]);
        }
    }
    return index;
}

/** One resource as a rule sees it: its properties, read safely, and its neighbours in the graph. */
export class View {
    private identified?: Identity;

    constructor(
        private readonly graph: Graph,
        private readonly resource: GraphResource,
    ) {}

    get name(): string {
        return this.resource.name;
    }

    get type(): string {
        return this.resource.type;
    }

    get urn(): string {
        return this.resource.urn;
    }

    /**
     * What the program sets for `key`, or the known value that AWS filled in.
     *
     * A stack policy sees outputs, so a property that AWS fills in is unknown at preview too. The edges tell the two apart,
     * since an unknown input mostly comes from a resource; for one that comes from an invoke, which has no edge, the record
     * of the stated inputs does. A property that AWS fills in reads as absent.
     */
    read(key: string): Reading {
        const reading = readProperty(this.resource.props, key);
        return reading.is === "unknown" && !this.isStated(key) ? absent : reading;
    }

    /** Whether the value of `key` is not known yet, whoever sets it. */
    isUnknown(key: string): boolean {
        return readProperty(this.resource.props, key).is === "unknown";
    }

    /**
     * Whether the program states `key`, as far as that was recorded; else whether it computes `key` from a resource. A
     * literal then counts as filled in by AWS.
     */
    isStated(key: string): boolean {
        return this.isComputed(key) || (this.resource.stated?.has(key) ?? false);
    }

    /** Whether the value of `key` is computed from another resource, including one that the stack only reads. */
    isComputed(key: string): boolean {
        return key in this.resource.propertyDependencies;
    }

    /** Whether `key` is computed from resources of the stack, and from nothing else that the program shows. */
    comesFromStack(key: string): boolean {
        const sources = this.resource.propertyDependencies[key] ?? [];
        return sources.length > 0 && sources.every(({ urn }) => this.graph.find(urn) !== undefined);
    }

    /**
     * The resources that `key` is computed from, of the given types or of all. These are the program's own edges, so they
     * exist before any id does. There may be more than the value names: `all([a.id, b.id]).apply(pick)` has both.
     */
    follow(key: string, wanted?: readonly string[]): View[] {
        return (this.resource.propertyDependencies[key] ?? []).flatMap(({ urn }) => {
            const view = this.graph.find(urn);
            return view && (!wanted || wanted.includes(view.type)) ? [view] : [];
        });
    }

    /** The resources of the given types whose `key` names this one, or may. */
    referrers(wanted: readonly string[], key: string): View[] {
        const sought = [this.urn, ...this.identity.names];
        return wanted.flatMap((type) => {
            const index = this.graph.byNamed(type, key);
            const found = new Set(sought.flatMap((name) => index.get(name) ?? []));
            return [...found].filter((view) => view.naming(key, this) !== "no");
        });
    }

    /**
     * Whether `key` names `other`. A known value decides: an edge says only that it was computed from `other`, as
     * `other.id.apply(() => "another")` is. What has no id yet has none that could be known. An unknown value names what its
     * edge leads to, when there is one edge only.
     */
    naming(key: string, other: View): Naming {
        const { known, unknown } = textsIn(this.read(key));
        if (known.some((name) => other.isNamed(name) === true)) return "certain";
        const edges = this.follow(key);
        if (!edges.includes(other) || (unknown === 0 && other.identity.isShown)) return "no";
        return edges.length <= Math.max(unknown, 1) ? "certain" : "possible";
    }

    /** Whether `name` is one by which other resources name this one; undefined when it shows none to compare with. */
    isNamed(name: string): boolean | undefined {
        return this.identity.isShown ? this.identity.names.has(comparable(name)) : undefined;
    }

    /** The resources of the given types that a known value names, whether there is an edge to them or not. */
    named(reading: Reading, wanted: readonly string[], key: string): View[] {
        const name = text(reading);
        if (name === undefined) return [];
        const unshown = this.follow(key, wanted).filter((view) => view.isNamed(name) === undefined);
        return [...this.graph.named(name, wanted), ...unshown];
    }

    /** Whether `key` names something that is not known, by no edge to a resource of the given types. */
    namesUnseen(key: string, wanted: readonly string[]): boolean {
        return hasUnknown(this.read(key)) && this.follow(key, wanted).length === 0;
    }

    get identity(): Identity {
        this.identified ??= identityOf(this.type, this.resource.props);
        return this.identified;
    }

    /** Every resource of the given types in the stack, related to this one or not. */
    allOfTypes(wanted: readonly string[]): View[] {
        return this.graph.ofTypes(wanted);
    }

    /** Whether both are made by the same provider, hence in the same account and region. */
    sharesProviderWith(other: View): boolean {
        return this.resource.provider?.urn === other.resource.provider?.urn;
    }
}
