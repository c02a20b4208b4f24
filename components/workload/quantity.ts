const forms = {
    cpu: /^(?<number>\d+(\.\d{1,3})?)(?<suffix>m?)$/,
    memory: /^(?<number>\d+)(?<suffix>Ki|Mi|Gi|k|M|G)$/,
};

const factors: Record<string, number> = {
    "": 1,
    ...{ m: 1e-3, k: 1e3, M: 1e6, G: 1e9 },
    ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30 },
};

/**
 * How much a quantity of Kubernetes' is, in CPUs or bytes; undefined for what is none, or is nothing.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function amountOf(quantity: string, of: keyof typeof forms): number | undefined {
    const { number, suffix = "" } = forms[of].exec(quantity)?.groups ?? {};
    const factor = factors[suffix];
    const amount = number === undefined || factor === undefined ? 0 : Number(number) * factor;
    return amount > 0 ? amount : undefined;
}
