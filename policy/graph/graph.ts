import { absent, type Reading, readProperty } from "./reading";

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

/** All resources of a stack, with the edges between them as the program made them. */
export class Graph {
    private readonly views = new Map<string, View>();
    private readonly byType = new Map<string, View[]>();

    constructor(resources: readonly GraphResource[]) {
        for (const resource of resources) {
            const view = new View(this, resource);
            this.views.set(resource.urn, view);
            this.byType.set(resource.type, [...(this.byType.get(resource.type) ?? []), view]);
        }
    }

    /** Every resource of the given types. */
    ofTypes(wanted: readonly string[]): View[] {
        return wanted.flatMap((type) => this.byType.get(type) ?? []);
    }

    /** The resource with that URN; undefined when the stack does not manage it. */
    find(urn: string): View | undefined {
        return this.views.get(urn);
    }
}

/** One resource as a rule sees it: its properties, read safely, and its neighbours in the graph. */
export class View {
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

    /** The resources of the given types whose `key` is computed from this one. */
    referrers(wanted: readonly string[], key: string): View[] {
        return this.graph.ofTypes(wanted).filter((view) => view.follow(key).includes(this));
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
