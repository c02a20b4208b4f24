import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { Account, type Entity } from "../../account/account";
import { writeInjectedFaults } from "../../account/injected-faults";
import { type Properties, reveal } from "../../rpc/values";
import type { Created, Resource } from "../provider";
import { KubernetesProvider } from "./provider";

export const ENDPOINT = "https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com";

/** A kubeconfig for the cluster at an endpoint, as EKS's tools write it. */
export function kubeconfigFor(server: string): string {
    return JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": "aws",
        contexts: [{ name: "aws", context: { cluster: "kubernetes", user: "aws" } }],
        clusters: [{ name: "kubernetes", cluster: { server } }],
        users: [{ name: "aws", user: { exec: { command: "aws", args: ["eks", "get-token"] } } }],
    });
}

export function clusterEntity(endpoint: string, version?: string): Entity {
    return {
        ...{ type: "aws:eks/cluster:Cluster", id: "test", name: "cluster", region: "eu-west-1", run: "r" },
        inputs: { name: "test" },
        outputs: { endpoint, name: "test", ...(version && { version }) },
    };
}

/** An emulated cluster in an account of its own, and the provider for it. */
export class TestCluster {
    private readonly accounts = mkdtempSync(path.join(tmpdir(), "plinth-kubernetes-"));
    readonly account = new Account(this.accounts, "dev");
    readonly provider = new KubernetesProvider({ accounts: this.accounts, passphrase: "p", run: "r" }, 0);

    /** @param version of Kubernetes, such as 1.35; where there is none, what any version takes is taken */
    constructor(version?: string) {
        this.account.put(clusterEntity(ENDPOINT, version));
        this.provider.configure({ kubeconfig: kubeconfigFor(ENDPOINT) });
    }

    remove(): void {
        rmSync(this.accounts, { recursive: true, force: true });
    }

    injectFailures(...failingJobs: string[]): void {
        writeInjectedFaults(this.accounts, "dev", { failingJobs, plan: [] });
    }

    /** Everything wrong with an object by itself, as `path: reason`. */
    failures(type: string, inputs: Properties): string[] {
        const { failures } = this.provider.check(resourceOf(type, inputs), {}, inputs);
        return failures.map(({ property, reason }) => `${property}: ${reason}`);
    }

    /** Creates an object, after the same check as the engine. */
    async make(type: string, given: Properties): Promise<Created & { inputs: Properties }> {
        const resource = resourceOf(type, given);
        const { inputs, failures } = this.provider.check(resource, {}, given);
        if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
        return { ...(await this.provider.create(resource, inputs, false)), inputs };
    }
}

export function resourceOf(type: string, inputs: Properties = {}): Resource {
    const metadata = reveal(inputs.metadata) as Properties | undefined;
    return { type, name: String(metadata?.name ?? "made"), stack: "dev" };
}

/** A container, and the pod around it, that even the restricted level admits. */
export const CONTAINER: Properties = {
    name: "web",
    image: "nginxinc/nginx-unprivileged:1.29.3",
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
};

export function pod(container: Properties = {}, spec: Properties = {}): Properties {
    return {
        containers: [{ ...CONTAINER, ...container }],
        securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
        ...spec,
    };
}

export function deployment(spec: Properties = pod(), more: Properties = {}): Properties {
    const labels = { app: "web" };
    return {
        metadata: { name: "web", namespace: "app" },
        spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec }, ...more },
    };
}

export function job(spec: Properties = {}, name = "migrate"): Properties {
    return {
        metadata: { name, namespace: "app" },
        spec: { backoffLimit: 0, template: { spec: { ...pod(), restartPolicy: "Never", ...spec } } },
    };
}
