import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A call of RDS's API: the action, and its parameters by name. */
export interface RdsCall {
    action: string;
    parameters: URLSearchParams;
}

/** In front of moto: tells of calls before and after they have their effect, and can keep the answer to itself. */
export class RdsFront {
    private readonly server: Server;
    /** All calls so far that change something. */
    readonly changes: RdsCall[] = [];
    /** Waited for with each call; where it says false, the caller gets no answer. */
    on: (call: RdsCall, moment: "before" | "after") => boolean | Promise<boolean> = () => true;

    /** What an answer is instead. */
    rewrite: (call: RdsCall, text: string) => string = (_, text) => text;

    constructor(private readonly moto: string) {
        this.server = createServer((request, response) => {
            this.answer(request, response).catch((error: Error) => {
                response.writeHead(500).end(error.message);
            });
        });
    }

    /** Listens, and returns its URL. */
    async start(): Promise<string> {
        await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    stop(): void {
        this.server.close();
        this.server.closeAllConnections();
    }

    private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const body = Buffer.concat(chunks);
        const parameters = new URLSearchParams(body.toString());
        const call = { action: parameters.get("Action") ?? "", parameters };
        if ((await this.on(call, "before")) === false) return void response.destroy();
        if (/^(Create|Delete|Modify|Restore)/.test(call.action)) this.changes.push(call);
        const own = new Set(["host", "connection", "content-length", "transfer-encoding", "expect"]);
        const headers = Object.entries(request.headers).filter(([name]) => !own.has(name)) as [string, string][];
        const forwarded = await fetch(`${this.moto}${request.url}`, { method: request.method, headers, body });
        const text = await forwarded.text();
        if ((await this.on(call, "after")) === false) return void response.destroy();
        response.writeHead(forwarded.status, { "content-type": forwarded.headers.get("content-type") ?? "text/xml" });
        response.end(this.rewrite(call, text));
    }
}
