import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a connection says of itself and not of what is asked. */
const ownHeaders = new Set(["host", "connection", "content-length", "transfer-encoding", "expect"]);

/** A server in front of moto, which answers some requests itself and hands on the others. */
export abstract class MotoFront {
    private readonly server: Server;

    constructor(private readonly moto: string) {
        this.server = createServer((request, response) => {
            this.read(request, response).catch((error: Error) => this.fail(response, error));
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

    protected abstract answer(
        request: IncomingMessage,
        body: Buffer<ArrayBuffer>,
        response: ServerResponse,
    ): Promise<void>;

    protected fail(response: ServerResponse, error: Error): void {
        response.writeHead(500).end(error.message);
    }

    /** What moto answers. */
    protected forward(request: IncomingMessage, body: Buffer<ArrayBuffer>): Promise<Response> {
        const headers = Object.entries(request.headers).filter(([name]) => !ownHeaders.has(name)) as [string, string][];
        return fetch(`${this.moto}${request.url}`, { method: request.method, headers, body });
    }

    private async read(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        await this.answer(request, Buffer.concat(chunks), response);
    }
}
