import { parse } from "yaml";
import { reveal, type Value } from "../../rpc/values";

interface Kubeconfig {
    "current-context"?: string;
    contexts?: { name?: string; context?: { cluster?: string; namespace?: string } }[];
    clusters?: { name?: string; cluster?: { server?: string } }[];
}

/** The server of a kubeconfig; undefined where it has none. The sandbox never connects to it. */
export function serverOf(kubeconfig: Value | undefined): string | undefined {
    const config = read(kubeconfig);
    const name = contextOf(config)?.cluster;
    const clusters = config?.clusters ?? [];
    const chosen = name === undefined ? clusters[0] : clusters.find((cluster) => cluster.name === name);
    return chosen?.cluster?.server?.replace(/\/$/, "");
}

/** The namespace of a kubeconfig's current context. */
export function namespaceOf(kubeconfig: Value | undefined): string | undefined {
    return contextOf(read(kubeconfig))?.namespace;
}

function contextOf(config: Kubeconfig | undefined): { cluster?: string; namespace?: string } | undefined {
    return config?.contexts?.find(({ name }) => name === config["current-context"])?.context;
}

function read(kubeconfig: Value | undefined): Kubeconfig | undefined {
    const text = reveal(kubeconfig);
    if (typeof text !== "string") return undefined;
    try {
        const config: unknown = parse(text);
        return typeof config === "object" && config !== null ? (config as Kubeconfig) : undefined;
    } catch {
        return undefined; // it may be a path: the sandbox does not read the user's kubeconfig files
    }
}
