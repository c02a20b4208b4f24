const FORM = /^([+-]?(?:\d+\.?\d*|\.\d+))(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d+)?$/;

const FACTORS: Record<string, number> = {
    ...{ n: 1e-9, u: 1e-6, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
    ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
};

/** The API server's message for an invalid quantity. */
export const QUANTITY_RULE =
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/**
 * The number of a quantity such as `250m` or `1.5Gi`; undefined where it is invalid.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantity(text: string | number): number | undefined {
    const [, digits, suffix = ""] = FORM.exec(String(text)) ?? [];
    if (digits === undefined) return undefined;
    const factor = FACTORS[suffix];
    return factor === undefined ? Number(digits + suffix) : Number(digits) * factor;
}
