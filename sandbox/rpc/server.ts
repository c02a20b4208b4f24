import * as grpc from "@grpc/grpc-js";

/** The process that started this one, read once: when it dies, the operating system gives us another parent. */
const parent = process.ppid;

/** False once the engine that started this plugin has died. What a dead run asked for must not be done any more. */
export function engineIsAlive(): boolean {
    return process.ppid === parent;
}

/**
 * Serves one plugin to the engine: listens on a port of the loopback interface, and tells the engine which by printing it.
 * Ends this process when the engine goes, even if it was killed: its end of our standard input closes then.
 */
export function serve(addService: (server: grpc.Server) => void, onEngineGone: () => void = () => {}): void {
    const unlimited = 1024 * 1024 * 400; // what the engine itself allows for one message
    const server = new grpc.Server({
        "grpc.max_receive_message_length": unlimited,
        "grpc.max_send_message_length": unlimited,
    });
    addService(server);
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
        if (error) {
            process.stderr.write(`cannot listen on the loopback interface: ${error.message}\n`);
            process.exit(1);
        }
        process.stdout.write(`${port}\n`);
    });
    const leave = () => {
        onEngineGone();
        process.exit(0);
    };
    process.stdin.on("end", leave).on("error", leave).resume();
    // The engine's way to say that it needs us no more; it waits five seconds before it insists. Ctrl-C in a terminal does not
    // come here: the engine gives every plugin a process group of its own.
    process.on("SIGINT", leave).on("SIGTERM", leave);
}

/** A failure that reaches the user as `message`, with no trace of this program's own. */
export class PluginError extends Error {
    constructor(
        message: string,
        readonly code: grpc.status = grpc.status.UNKNOWN,
        readonly metadata?: grpc.Metadata,
    ) {
        super(message);
    }
}

/** Turns a function on messages into a gRPC handler, and what it throws into a gRPC status. */
export function unary<Request, Response>(
    handle: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
    return (call, callback) => {
        Promise.resolve()
            .then(() => handle(call.request))
            .then(
                (response) => callback(null, response),
                (error: unknown) => callback(toStatus(error)),
            );
    };
}

function toStatus(error: unknown): Partial<grpc.StatusObject> {
    if (error instanceof PluginError) return { code: error.code, details: error.message, metadata: error.metadata };
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { code: grpc.status.INTERNAL, details: `the sandbox failed: ${text}` };
}
