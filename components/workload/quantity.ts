import { quantity } from "../kubernetes/quantity";

/** The ways of writing an amount that a workload's settings take: fewer than Kubernetes does, since `128m` of memory is a mistake. */
const forms = {
    cpu: /^\d+(\.\d{1,3})?m?$/,
    memory: /^\d+(Ki|Mi|Gi|k|M|G)$/,
};

/** How much an amount is, in CPUs or bytes; undefined for what is none, or is nothing. */
export function amountOf(text: string, of: keyof typeof forms): number | undefined {
    const amount = forms[of].test(text) ? (quantity(text) ?? 0) : 0;
    return amount > 0 ? amount : undefined;
}
