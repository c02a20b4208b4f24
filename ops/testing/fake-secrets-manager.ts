import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** The part of Secrets Manager that is asked: GetSecretValue. */
export class FakeSecretsManager {
    private readonly server: Server;

    constructor(private readonly secrets: Record<string, string>) {
        this.server = createServer((request, response) => {
            let body = "";
            request.on("data", (chunk: Buffer) => {
                body += chunk;
            });
            request.on("end", () => {
                const { SecretId: id } = JSON.parse(body) as { SecretId: string };
                const known = request.headers["x-amz-target"] === "secretsmanager.GetSecretValue" && this.secrets[id];
                response.writeHead(known ? 200 : 400, { "content-type": "application/x-amz-json-1.1" });
                response.end(
                    JSON.stringify(
                        known
                            ? { ARN: id, SecretString: this.secrets[id] }
                            : { __type: "ResourceNotFoundException", message: "Secrets Manager can't find it." },
                    ),
                );
            });
        });
    }

    /** Listens, and returns what an AWS SDK needs to find it. */
    async start(): Promise<Record<string, string>> {
        await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
        const { port } = this.server.address() as AddressInfo;
        return {
            AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
            AWS_ACCESS_KEY_ID: "test",
            AWS_SECRET_ACCESS_KEY: "test",
        };
    }

    stop(): void {
        this.server.close();
    }
}
