import { Account } from "../account/account";
import { denials, type Judged, judgedCalls } from "../emulation/access/audit";
import type { Layout } from "./layout";

/**
 * Says which requests IAM would deny that the resources of a stack need. AWS does not say so: the update succeeds there, and what needs the
 * request fails later. Returns the exit code.
 */
export function reportDenials(judged: Judged[]): number {
    const denied = denials(judged);
    if (denied.length === 0) return 0;
    process.stderr.write(
        [
            "",
            "error: the resources exist, and IAM would deny what they need",
            ...denied.map((line) => `  ${line}`),
            "",
        ].join("\n"),
    );
    return 1;
}

/** Prints every request that the resources of a stack need, or how many there are of each kind, and IAM's answers. */
export function showAccess(layout: Layout, stack: string, json: boolean): number {
    const judged = judgedCalls(new Account(layout.accounts, stack));
    if (json) {
        const rows = judged.map(({ kind, need, principal, action, resource, verdict }) => ({
            ...{ kind, need, principal, action, resource },
            ...verdict,
        }));
        process.stdout.write(`${JSON.stringify(rows, undefined, 2)}\n`);
    } else {
        const of = (allowed: boolean | undefined) => judged.filter(({ verdict }) => verdict.allowed === allowed).length;
        const kinds = [...new Set(judged.map(({ kind }) => kind))].sort();
        process.stdout.write(
            [
                `IAM would allow ${of(true)} of ${judged.length} requests that the resources of ${stack} need, deny ${of(false)}, and of ${of(undefined)} it is not known:`,
                ...kinds.map((kind) => `  ${kind}: ${judged.filter((one) => one.kind === kind).length}`),
                "",
            ].join("\n"),
        );
    }
    return reportDenials(judged);
}
