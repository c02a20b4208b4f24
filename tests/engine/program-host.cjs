// Keeps the platform's program loaded, and runs it for whichever engine asks: `pulumi up --client=127.0.0.1:<port>`. That is the server by
// which Pulumi's Automation API runs a program of the same process. A program that is loaded and warm takes 2 s of processor time less
// of every command than a process of its own. Prints its port, and ends with its parent.
"use strict";
const path = require("node:path");
const { loadTypeScript } = require("../../tools/typescript.cjs");

const { program } = loadTypeScript(path.join(__dirname, "programs", "platform.ts"));
const grpc = require("@grpc/grpc-js");
const { LanguageServer } = require("@pulumi/pulumi/automation/server.js");
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb.js");
const { grpcChannelOptions } = require("@pulumi/pulumi/runtime/index.js");

const server = new grpc.Server(grpcChannelOptions);
server.addService(LanguageRuntimeService, new LanguageServer(program));
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
});
// The server waits for what such a program goes on with, which may never come. The engine is told by the connection that breaks.
const end = (error) => {
    process.stderr.write(`${error?.message ?? error}\n`);
    process.exit(1);
};
process.on("uncaughtException", end).on("unhandledRejection", end);
process.stdin.resume().on("end", () => process.exit());
