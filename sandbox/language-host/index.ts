/**
 * The nodejs language host, which runs programs and policy packs in Node.js for the engine. The official one comes
 * with the official CLI. A CLI built by `go build` has none and uses this one, which does what the official one does for the
 * calls the engine makes while it previews, updates, refreshes, destroys and imports.
 */

import type * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import {
    AboutResponse,
    GetProgramDependenciesResponse,
    GetRequiredPackagesResponse,
    type LanguageHandshakeRequest,
    LanguageHandshakeResponse,
    RuntimeOptionsResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { version } from "@pulumi/pulumi/version";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { serve, unary } from "../rpc/server";
import { killChildren } from "./child-process";
import { installDependencies } from "./dependencies";
import { runPlugin } from "./plugin";
import { runProgram } from "./program";
import { requiredPackages } from "./required-package";

// The engine's address is the last argument; newer engines repeat it in the handshake.
let engineAddress = process.argv.at(-1) ?? "";

const handlers: grpc.UntypedServiceImplementation = {
    handshake: unary((request: LanguageHandshakeRequest) => {
        engineAddress = request.getEngineAddress();
        return new LanguageHandshakeResponse();
    }),
    getPluginInfo: unary(() => new PluginInfo().setVersion(version)),
    getRequiredPackages: unary((request: { getInfo(): { getProgramDirectory(): string } | undefined }) =>
        new GetRequiredPackagesResponse().setPackagesList(
            requiredPackages(request.getInfo()?.getProgramDirectory() ?? "."),
        ),
    ),
    run: unary((request: Parameters<typeof runProgram>[0]) => runProgram(request, engineAddress)),
    runPlugin,
    about: unary(() => new AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
    runtimeOptionsPrompts: unary(() => new RuntimeOptionsResponse()),
    getProgramDependencies: unary(() => new GetProgramDependenciesResponse()),
    installDependencies,
    cancel: unary(() => {
        killChildren("SIGINT");
        return new Empty();
    }),
};

/** Calls that this host does not handle answer UNIMPLEMENTED, which grpc-js does by itself. */
serve(
    (server) => server.addService(LanguageRuntimeService, handlers),
    () => killChildren("SIGKILL"),
);
