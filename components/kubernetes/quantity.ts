const form =
    /^(?<number>[+-]?(?:\d+\.?\d*|\.\d+))(?:(?<suffix>Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E)|(?<exponent>[eE][+-]?\d+))?$/;

const factors: Readonly<Record<string, number>> = {
    ...{ n: 1e-9, u: 1e-6, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
    ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
};

/**
 * How much a quantity of Kubernetes is, in whole units (CPUs, bytes): 0.25 for `250m`, 2^30 for `1Gi`. Undefined where it is none.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantity(text: string): number | undefined {
    const { number, suffix, exponent = "" } = form.exec(text)?.groups ?? {};
    if (number === undefined) return undefined;
    return suffix === undefined ? Number(number + exponent) : Number(number) * (factors[suffix] ?? 1);
}
