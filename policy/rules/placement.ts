import type { View } from "../graph/graph";
import { judgeReferences } from "../graph/references";
import { types } from "../graph/types";
import type { TrustedIds } from "../rule";
import { type Verdict, violated } from "../verdict";

/** Subnets of other stacks. */
export const trustedSubnets: TrustedIds = {
    key: "privateSubnetIds",
    meaning: "a subnet outside the stack without a default route and without a route to an internet gateway",
    pattern: "^subnet-[0-9a-f]+$",
};

/** Judges each subnet of the subnet group that `key` names. */
export function mustBeIsolated(
    store: View,
    key: string,
    groupType: string,
    trusted: ReadonlySet<string>,
    judgeSubnet: (subnet: View) => Verdict,
): Verdict {
    const standard = violated(`no subnet group (${key}), so it would be placed in the default VPC`);
    const group = {
        key,
        types: [groupType],
        what: "subnet groups",
        rejects: (name: string) => (name === "default" ? standard : undefined),
        whenAbsent: standard,
    };
    return judgeReferences(store, group, (found) => subnetsMustBeIsolated(found, "subnetIds", trusted, judgeSubnet));
}

/** Judges each of the subnets that `key` names. */
export function subnetsMustBeIsolated(
    view: View,
    key: string,
    trusted: ReadonlySet<string>,
    judgeSubnet: (subnet: View) => Verdict,
): Verdict {
    const subnets = { key, types: [types.subnet], what: "subnets", trusted, whenAbsent: violated("no subnets") };
    return judgeReferences(view, subnets, judgeSubnet);
}
