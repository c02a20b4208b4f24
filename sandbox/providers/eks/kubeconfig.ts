import type { Cluster } from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";

/** The credentials that kubectl uses. @default the caller's own */
export interface Credentials {
    roleArn?: pulumi.Input<string>;
    profileName?: pulumi.Input<string>;
}

/** How to reach the cluster: its address, its certificate authority, and the command that fetches a token. */
export function kubeconfigOf(cluster: Cluster, credentials: Credentials = {}): pulumi.Output<object> {
    return pulumi
        .all([cluster.name, cluster.endpoint, cluster.certificateAuthority, cluster.arn, credentials])
        .apply(([name, server, authority, arn, { roleArn, profileName }]) => {
            const region = arn.split(":")[3] ?? "";
            const args = ["--region", region, "eks", "get-token", "--cluster-name", name, "--output", "json"];
            if (roleArn) args.push("--role", roleArn);
            if (profileName) args.push("--profile", profileName);
            const apiVersion = "client.authentication.k8s.io/v1beta1";
            const env = [{ name: "KUBERNETES_EXEC_INFO", value: JSON.stringify({ apiVersion }) }];
            return {
                apiVersion: "v1",
                kind: "Config",
                "current-context": "aws",
                clusters: [{ name: "kubernetes", cluster: { server, "certificate-authority-data": authority.data } }],
                contexts: [{ name: "aws", context: { cluster: "kubernetes", user: "aws" } }],
                users: [{ name: "aws", user: { exec: { apiVersion, command: "aws", args, env } } }],
            };
        });
}
