/** What `data/schemas.json` holds of the objects of Kubernetes. `npm run facts` writes it. */
export interface ObjectSchemas {
    /** The minor versions of Kubernetes that are known, from the oldest to the newest. */
    oldest: number;
    newest: number;
    /** The name of the type of each kind, by `group/version/kind`, or `version/kind` in the core group. */
    kinds: Record<string, string>;
    /**
     * The fields of each type. `s` is text, `i` an integer, `n` a number, `b` a boolean, `p` an integer or text, `q` a quantity, `?` anything, `#name` another type;
     * `[` before it a list of these, `{` a map of these. Behind it: `!` where the field is required, `@34` where it is there since 1.34, `-33`
     * where it was there until 1.33.
     */
    types: Record<string, Record<string, string>>;
}

/** Read when the first object is checked, and by nobody else. */
export function objectSchemas(): ObjectSchemas {
    return require("./data/schemas.json") as ObjectSchemas;
}

/** A field as a type declares it. */
export interface Declared {
    /** As `ObjectSchemas` documents it, without what is behind it. */
    type: string;
    required: boolean;
}

const FORM = /^([^!@-]+)(!?)(?:@(\d+))?(?:-(\d+))?$/;

/** A field of a type in a minor version of Kubernetes, or in any; undefined where there is none. */
export function declaredField(type: string, name: string, minor?: number): Declared | undefined {
    const fields = objectSchemas().types[type] ?? {};
    // Pulumi writes `x_kubernetes_…` for the fields of schemas whose names have dashes.
    const declared = Object.hasOwn(fields, name)
        ? name
        : name.replace(/^x_kubernetes_.*/, (all) => all.replaceAll("_", "-"));
    if (!Object.hasOwn(fields, declared)) return undefined;
    const [, kind = "", required, since, until] = FORM.exec(fields[declared] ?? "") ?? [];
    const version = minor ?? Number(since ?? until);
    if (version < Number(since ?? 0) || version > Number(until ?? Number.POSITIVE_INFINITY)) return undefined;
    return { type: kind, required: required === "!" };
}

export function typeOfKind(apiVersion: string, kind: string): string | undefined {
    const { kinds } = objectSchemas();
    return Object.hasOwn(kinds, `${apiVersion}/${kind}`) ? kinds[`${apiVersion}/${kind}`] : undefined;
}

export function fieldNames(type: string): string[] {
    return Object.keys(objectSchemas().types[type] ?? {});
}

export function requiredFields(type: string, minor?: number): string[] {
    return fieldNames(type).filter((name) => declaredField(type, name, minor)?.required);
}
