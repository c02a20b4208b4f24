import { AccessEntry, AccessPolicyAssociation, type Cluster } from "@pulumi/aws/eks";
import type { types } from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";

/** The access entries of a cluster and their policies. */
export function accessEntries(
    name: string,
    cluster: Cluster,
    entries: Record<string, types.input.AccessEntryArgs>,
    parent: pulumi.Resource,
): AccessEntry[] {
    const clusterName = cluster.name;
    return Object.entries(entries).map(([key, { accessPolicies, username, ...entry }]) => {
        const options = { parent, dependsOn: [cluster] };
        const made = new AccessEntry(`${name}-${key}`, { ...entry, clusterName, userName: username }, options);
        for (const [policy, association] of Object.entries(accessPolicies ?? {})) {
            const { accessScope, policyArn } = pulumi.output(association);
            new AccessPolicyAssociation(
                `${name}-${key}-${policy}`,
                { accessScope, policyArn, principalArn: entry.principalArn, clusterName },
                { parent: made, dependsOn: [made] },
            );
        }
        return made;
    });
}
