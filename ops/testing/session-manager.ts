import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";

/** What the plugin was called with, and what became of it. */
export interface PluginCall {
    arguments: string[];
}

/** The token of a session, which no argument and no output may have. */
export const sessionToken = "token-of-the-session";

/**
 * AWS's plugin as far as ports go: it reads the session's response as AWS's does, and forwards the local port to where the host of the
 * request is on this machine (FAKE_HOSTS). A host that is nowhere is closed at once, as AWS's does it.
 */
const plugin = `#!${process.execPath}
const fs = require("node:fs");
const net = require("node:net");
const [variable, region, operation, profile, request, endpoint] = process.argv.slice(2);
if (variable === "--version") {
    console.log(process.env.FAKE_PLUGIN_VERSION ?? "1.2.707.0");
    process.exit();
}
fs.appendFileSync(process.env.FAKE_CALLS, JSON.stringify({ arguments: process.argv.slice(2) }) + "\\n");
const { SessionId, TokenValue, StreamUrl } = JSON.parse(process.env[variable]);
if (TokenValue !== "${sessionToken}" || !StreamUrl || operation !== "StartSession") {
    console.log("Cannot perform start session: no valid token");
    process.exit(1);
}
const { host, portNumber, localPortNumber } = JSON.parse(request).Parameters;
const to = JSON.parse(process.env.FAKE_HOSTS)[host[0] + ":" + portNumber[0]];
console.log("Starting session with SessionId: " + SessionId);
net.createServer((near) => {
    if (to === undefined) return near.destroy();
    const far = net.connect(to, "127.0.0.1");
    near.pipe(far).pipe(near);
    for (const end of [near, far]) end.on("error", () => { near.destroy(); far.destroy(); });
}).listen(Number(localPortNumber[0]), "127.0.0.1", () => {
    console.log("Port " + localPortNumber[0] + " opened for sessionId " + SessionId + ".\\nWaiting for connections...");
});
`;

/** Session Manager and its plugin on this machine. */
export class FakeSessionManager {
    private readonly server: Server;
    private readonly calls: string;
    /** The sessions that are open. */
    readonly sessions = new Set<string>();
    private started = 0;

    /** @param nodes the instances that it reaches, by the name of their cluster */
    constructor(
        private readonly folder: string,
        private readonly nodes: Record<string, string>,
    ) {
        this.calls = path.join(folder, "plugin-calls");
        this.server = createServer((request, response) => {
            let body = "";
            request.on("data", (chunk: Buffer) => {
                body += chunk;
            });
            request.on("end", () => {
                const action = String(request.headers["x-amz-target"]).replace("AmazonSSM.", "");
                const answer = this.answer(action, JSON.parse(body) as Record<string, unknown>);
                response.writeHead("__type" in answer ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
                response.end(JSON.stringify(answer));
            });
        });
    }

    /**
     * Listens, and returns the environment of whoever is to find it.
     * @param hosts where a host with its port is on this machine
     */
    async start(hosts: Record<string, number>): Promise<Record<string, string>> {
        await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
        const programs = path.join(this.folder, "programs");
        mkdirSync(programs);
        writeFileSync(path.join(programs, "session-manager-plugin"), plugin, { mode: 0o755 });
        return {
            PATH: `${programs}:${process.env.PATH}`,
            AWS_ENDPOINT_URL_SSM: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
            FAKE_HOSTS: JSON.stringify(hosts),
            FAKE_CALLS: this.calls,
        };
    }

    stop(): void {
        this.server.close();
    }

    /** How the plugin was called, since this was last asked. */
    takeCalls(): PluginCall[] {
        if (!existsSync(this.calls)) return [];
        const lines = readFileSync(this.calls, "utf8").trim().split("\n");
        writeFileSync(this.calls, "");
        return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as PluginCall);
    }

    private answer(action: string, input: Record<string, unknown>): Record<string, unknown> {
        if (action === "DescribeInstanceInformation") {
            const [{ Values = [] } = {}] = input.Filters as { Values?: string[] }[];
            const found = this.nodes[Values[0] ?? ""];
            return { InstanceInformationList: found === undefined ? [] : [{ InstanceId: found }] };
        }
        if (action === "TerminateSession") {
            this.sessions.delete(String(input.SessionId));
            return { SessionId: input.SessionId };
        }
        if (!Object.values(this.nodes).includes(String(input.Target)))
            return { __type: "TargetNotConnected", message: `${input.Target} is not connected.` };
        const SessionId = `someone-${this.started++}`;
        this.sessions.add(SessionId);
        return { SessionId, TokenValue: sessionToken, StreamUrl: "wss://ssmmessages.example/v1/data-channel" };
    }
}
