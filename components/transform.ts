/**
 * The last word on a resource's arguments: either some arguments to put over the component's own, or a function that
 * gets a copy of them and changes it or returns others.
 */
export type Transform<Args> = Partial<Args> | ((args: Args) => Args | undefined);

/** `args` after `transform`; `args` itself is left as it was. */
export function transformed<Args extends object>(transform: Transform<Args> | undefined, args: Args): Args {
    if (typeof transform !== "function") return { ...args, ...transform };
    const copy = { ...args };
    return transform(copy) ?? copy;
}
