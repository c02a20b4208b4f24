import * as path from "node:path";
import type * as grpc from "@grpc/grpc-js";
import { type RunPluginRequest, RunPluginResponse } from "@pulumi/pulumi/proto/language_pb";
import { start } from "./child-process";
import { locateInSdk, runtimeOptions } from "./runtime-option";

/** The SDK's runner for each kind of plugin that can be written for Node.js. */
const RUNNERS: Record<string, string> = { analyzer: "cmd/run-policy-pack", resource: "cmd/run-plugin" };

/** Compiled beside this host. */
const WITHOUT_TYPESCRIPT = path.join(__dirname, "without-typescript.cjs");

/** Runs a plugin, such as a policy pack, until the engine ends it, and streams what it prints. */
export function runPlugin(call: grpc.ServerWritableStream<RunPluginRequest, RunPluginResponse>): void {
    const { request } = call;
    const info = request.getInfo();
    const directory = path.resolve(info?.getProgramDirectory() ?? request.getPwd());
    const runner = locateInSdk(RUNNERS[request.getKind()] ?? "cmd/run-plugin", directory);
    const options = runtimeOptions(info);
    const isPack = request.getKind() === "analyzer";
    const preloads = isPack && !options.typescript ? ["--require", WITHOUT_TYPESCRIPT] : [];
    const child = start(
        process.execPath,
        [...preloads, ...options.nodeArgs, runner, ...request.getArgsList(), directory],
        {
            // A policy pack reads its version from the package.json of the folder it runs in.
            cwd: isPack ? directory : request.getPwd(),
            stdio: ["ignore", "pipe", "pipe"],
            env: { ...process.env, ...environment(request.getEnvList()) },
        },
    );
    child.stdout?.on("data", (data: Uint8Array) => call.write(new RunPluginResponse().setStdout(data)));
    child.stderr?.on("data", (data: Uint8Array) => call.write(new RunPluginResponse().setStderr(data)));
    child.once("error", (error) => call.destroy(error));
    child.once("close", (code) => {
        call.write(new RunPluginResponse().setExitcode(code ?? 1));
        call.end();
    });
    call.on("cancelled", () => child.kill("SIGKILL"));
}

function environment(entries: string[]): Record<string, string> {
    return Object.fromEntries(
        entries.map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]),
    );
}
