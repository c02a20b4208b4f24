import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { type Transform, transformed } from "../transform";
import type { Chart } from "./chart-values";

/**
 * Installs a chart with Helm. The values are an interface of their own, because Helm accepts a mistyped key without an error. Outputs
 * stand inside them, and not around them, so that a preview shows all others.
 */
export function installChart(
    name: string,
    { chart, version, repository, namespace }: Chart,
    values: object,
    options: pulumi.CustomResourceOptions,
    transform?: Transform<k8s.helm.v3.ReleaseArgs>,
): k8s.helm.v3.Release {
    const args: k8s.helm.v3.ReleaseArgs = {
        ...{ name: chart, chart, version, namespace },
        repositoryOpts: { repo: repository },
        values: { ...values },
        // A release that fails is rolled back, so that the next update can start again.
        atomic: true,
        timeout: 600,
    };
    return new k8s.helm.v3.Release(name, transformed(transform, args), options);
}
