import * as grpc from "@grpc/grpc-js";
import type { InstallDependenciesRequest, InstallDependenciesResponse } from "@pulumi/pulumi/proto/language_pb";
import { locateInSdk } from "./runtime-option";

/**
 * Called before a folder is run as a plugin. Installs nothing, since the sandbox works offline: succeeds where the folder finds the
 * SDK, and otherwise says what to do.
 */
export function installDependencies(
    call: grpc.ServerWritableStream<InstallDependenciesRequest, InstallDependenciesResponse>,
): void {
    const directory = call.request.getInfo()?.getProgramDirectory() || call.request.getDirectory();
    try {
        locateInSdk("cmd/run-plugin", directory);
        call.end();
    } catch {
        const details = `${directory} has no @pulumi/pulumi: run npm install there`;
        call.emit("error", { code: grpc.status.FAILED_PRECONDITION, details });
    }
}
