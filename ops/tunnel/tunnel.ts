import type { ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import type { SSMClient } from "@aws-sdk/client-ssm";
import { OpsError } from "../ops-error";
import { progress } from "../print";
import { awsConfiguration, withAws } from "../stack/aws";
import { isObject, type OutputSource, readOutputs } from "../stack/outputs";
import { requirePlugin, startPlugin } from "./plugin";

/** Forwards a port of this machine through an instance to a host that the instance reaches. */
const document = "AWS-StartPortForwardingSessionToRemoteHost";

/** Where a tunnel is to lead. */
export interface TunnelEnd {
    region: string;
    host: string;
    port: number;
}

interface Tunnel {
    process: ChildProcess;
    sessionId: string;
    region: string;
}

const open: Tunnel[] = [];

/**
 * Opens a tunnel by Session Manager and returns its near end. {@link closeTunnels} closes it.
 * @param instance the instance that it leads through; a node of the stack's cluster without it
 */
export async function openTunnel(
    source: OutputSource,
    instance: string | undefined,
    { region, host, port }: TunnelEnd,
): Promise<{ host: string; port: number }> {
    requirePlugin();
    return withSystemsManager(region, async (client) => {
        const { StartSessionCommand } = await import("@aws-sdk/client-ssm");
        const Target = instance ?? (await nodeOfCluster(client, source));
        const localPort = await freePort();
        const request = {
            ...{ Target, DocumentName: document, Reason: "plinth-ops" },
            Parameters: { host: [host], portNumber: [String(port)], localPortNumber: [String(localPort)] },
        };
        progress(`Opening a tunnel through ${Target} to ${host}:${port} ...`);
        const { SessionId = "", TokenValue, StreamUrl } = await client.send(new StartSessionCommand(request));
        const where = { region, endpoint: endpointOf(region) };
        try {
            const process = await startPlugin({ SessionId, TokenValue, StreamUrl }, request, where);
            open.push({ process, sessionId: SessionId, region });
        } catch (error) {
            await terminate(client, SessionId);
            throw error;
        }
        return { host: "127.0.0.1", port: localPort };
    });
}

/** Closes all tunnels, and ends their sessions. */
export async function closeTunnels(): Promise<void> {
    for (const { process, sessionId, region } of open.splice(0)) {
        process.removeAllListeners("exit");
        process.kill("SIGTERM");
        await withSystemsManager(region, (client) => terminate(client, sessionId));
    }
}

/** A session that is not ended ends by itself, when nothing has come through it for a while. */
async function terminate(client: SSMClient, SessionId: string): Promise<void> {
    const { TerminateSessionCommand } = await import("@aws-sdk/client-ssm");
    await client.send(new TerminateSessionCommand({ SessionId })).catch(() => {});
}

/** A node that Systems Manager reaches. EKS tags the instances of its node groups with the name of their cluster. */
async function nodeOfCluster(client: SSMClient, source: OutputSource): Promise<string> {
    const { cluster } = readOutputs(source);
    const name = isObject(cluster) && typeof cluster.name === "string" ? cluster.name : undefined;
    if (name === undefined)
        throw new OpsError(
            "the stack has no cluster whose nodes a tunnel could lead through; give --tunnel <instance>",
        );
    const { DescribeInstanceInformationCommand } = await import("@aws-sdk/client-ssm");
    const filters = { "tag:eks:cluster-name": name, PingStatus: "Online" };
    const { InstanceInformationList: nodes = [] } = await client.send(
        new DescribeInstanceInformationCommand({
            Filters: Object.entries(filters).map(([Key, value]) => ({ Key, Values: [value] })),
        }),
    );
    const id = nodes.find(({ InstanceId }) => InstanceId !== undefined)?.InstanceId;
    if (id !== undefined) return id;
    throw new OpsError(
        `Systems Manager reaches no node of the cluster ${name}; set plinth:cluster.sessionManager and bring the stack up, or give --tunnel <instance>`,
    );
}

async function withSystemsManager<Result>(
    region: string,
    work: (client: SSMClient) => Promise<Result>,
): Promise<Result> {
    const { SSMClient } = await import("@aws-sdk/client-ssm");
    return withAws(new SSMClient(awsConfiguration(region)), "Session Manager", work);
}

/** Where the plugin itself asks Session Manager. */
function endpointOf(region: string): string {
    const { AWS_ENDPOINT_URL_SSM: own, AWS_ENDPOINT_URL: all } = process.env;
    return own ?? all ?? `https://ssm.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
}

async function freePort(): Promise<number> {
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
    const address = probe.address();
    await new Promise((resolve) => probe.close(resolve));
    return typeof address === "object" && address ? address.port : 0;
}
