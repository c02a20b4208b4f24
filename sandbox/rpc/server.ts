import * as grpc from "@grpc/grpc-js";

/** The parent process, read once: when it dies, the operating system assigns another parent. */
const parent = process.ppid;

/** False once the engine that started this plugin has died. The operations of a dead run must not be carried out. */
export function engineIsAlive(): boolean {
    return process.ppid === parent;
}

/**
 * Serves a plugin to the engine: listens on a port of the loopback interface, and prints the port for the engine.
 * Ends this process when the engine ends, even if it was killed: standard input closes then.
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
    // The engine sends this when it no longer needs the plugin, and kills it five seconds later. Ctrl-C in a terminal does not
    // arrive here: the engine gives every plugin a process group of its own.
    process.on("SIGINT", leave).on("SIGTERM", leave);
}

/** A failure that is shown to the user as `message`, without a stack trace. */
export class PluginError extends Error {
    constructor(
        message: string,
        readonly code: grpc.status = grpc.status.UNKNOWN,
        readonly metadata?: grpc.Metadata,
    ) {
        super(message);
    }
}

/** Turns a function into a gRPC handler, and the errors that it throws into gRPC statuses. */
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
