import type * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { PluginError, serve, unary } from "../rpc/server";
import { fromStruct, toStruct } from "../rpc/values";
import type { Change } from "./diff";
import { initFailure } from "./init-failure";
import { pathText } from "./path";
import { type CheckFailure, InitError, type Provider, Refusal, type Resource, type Stored } from "./provider";

/** Serves a provider to the engine over gRPC until the engine ends. */
export function serveProvider(provider: Provider): void {
    serve((server) => server.addService(ResourceProviderService, handlers(provider)));
}

function handlers(provider: Provider): grpc.UntypedServiceImplementation {
    return {
        handshake: unary(() => {
            const response = new proto.ProviderHandshakeResponse();
            response.setAcceptSecrets(true);
            // Where a resource is given for its id, the engine then passes the id, as to the real providers.
            response.setAcceptResources(false);
            return response;
        }),
        getPluginInfo: unary(() => new PluginInfo().setVersion(provider.version)),
        getSchema: unary(() => new proto.GetSchemaResponse().setSchema(schemaOf(provider))),
        checkConfig: unary((request: proto.CheckRequest) => {
            provider.enter?.(resourceOf(request.getUrn()).stack);
            return new proto.CheckResponse().setInputs(request.getNews());
        }),
        diffConfig: unary((request: proto.DiffRequest) => diffConfig(provider, request)),
        configure: unary((request: proto.ConfigureRequest) => {
            // With --refresh, a provider from the state is configured without a check.
            const urn = request.getUrn();
            if (urn) provider.enter?.(resourceOf(urn).stack);
            return translated(() => {
                provider.configure(fromStruct(request.getArgs()));
                const response = new proto.ConfigureResponse();
                response.setAcceptsecrets(true);
                response.setSupportspreview(true);
                response.setAcceptresources(false);
                return response;
            });
        }),
        invoke: unary((request: proto.InvokeRequest) =>
            translated(() =>
                new proto.InvokeResponse().setReturn(
                    toStruct(provider.invoke(request.getTok(), fromStruct(request.getArgs()))),
                ),
            ),
        ),
        check: unary((request: proto.CheckRequest) => {
            const { inputs, failures } = provider.check(
                resourceOf(request.getUrn()),
                fromStruct(request.getOlds()),
                fromStruct(request.getNews()),
            );
            return new proto.CheckResponse().setInputs(toStruct(inputs)).setFailuresList(failures.map(failure));
        }),
        diff: unary((request: proto.DiffRequest) => diff(provider, request)),
        create: unary((request: proto.CreateRequest) =>
            translated(async () => {
                const { id, outputs } = await provider.create(
                    resourceOf(request.getUrn()),
                    fromStruct(request.getProperties()),
                    request.getPreview(),
                );
                return new proto.CreateResponse().setId(id).setProperties(toStruct(outputs));
            }),
        ),
        read: unary((request: proto.ReadRequest) => translated(() => read(provider, request))),
        update: unary((request: proto.UpdateRequest) =>
            translated(async () => {
                const outputs = await provider.update(
                    resourceOf(request.getUrn()),
                    storedOf(request.getId(), request.getOldInputs(), request.getOlds()),
                    fromStruct(request.getNews()),
                    request.getPreview(),
                );
                return new proto.UpdateResponse().setProperties(toStruct(outputs));
            }),
        ),
        delete: unary((request: proto.DeleteRequest) =>
            translated(() => {
                provider.delete(
                    resourceOf(request.getUrn()),
                    storedOf(request.getId(), request.getOldInputs(), request.getProperties()),
                );
                return new Empty();
            }),
        ),
        cancel: unary(() => new Empty()),
    };
}

function diffConfig(provider: Provider, request: proto.DiffRequest): proto.DiffResponse {
    const { DIFF_UNKNOWN, DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
    const old = fromStruct(request.getOldInputs() ?? request.getOlds());
    const difference = provider.diffConfig?.(old, fromStruct(request.getNews()));
    if (!difference) return new proto.DiffResponse().setChanges(DIFF_UNKNOWN);
    return new proto.DiffResponse()
        .setChanges(difference.changes.length > 0 ? DIFF_SOME : DIFF_NONE)
        .setDiffsList(difference.changes.map(({ path }) => String(path[0])))
        .setReplacesList(difference.replaces);
}

function diff(provider: Provider, request: proto.DiffRequest): proto.DiffResponse {
    const inputs = fromStruct(request.getNews());
    const old = storedOf(request.getId(), request.getOldInputs(), request.getOlds());
    for (const ignored of request.getIgnorechangesList()) inputs[ignored] = old.inputs[ignored];
    const { changes, replaces, deleteBeforeReplace } = provider.diff(resourceOf(request.getUrn()), old, inputs);
    const response = new proto.DiffResponse()
        .setChanges(
            changes.length > 0 ? proto.DiffResponse.DiffChanges.DIFF_SOME : proto.DiffResponse.DiffChanges.DIFF_NONE,
        )
        .setDiffsList([...new Set(changes.map(({ path }) => String(path[0])))])
        .setReplacesList(replaces)
        .setDeletebeforereplace(deleteBeforeReplace && replaces.length > 0)
        .setHasdetaileddiff(true);
    for (const change of changes) {
        const detail = new proto.PropertyDiff();
        const path = pathText(change.path);
        detail.setKind(kindOf(change, replaces.includes(String(change.path[0])) || replaces.includes(path)));
        detail.setInputdiff(true);
        response.getDetaileddiffMap().set(path, detail);
    }
    return response;
}

function kindOf({ kind }: Change, replaces: boolean): proto.PropertyDiff.Kind {
    const { Kind } = proto.PropertyDiff;
    switch (kind) {
        case "add":
            return replaces ? Kind.ADD_REPLACE : Kind.ADD;
        case "remove":
            return replaces ? Kind.DELETE_REPLACE : Kind.DELETE;
        default:
            return replaces ? Kind.UPDATE_REPLACE : Kind.UPDATE;
    }
}

async function read(provider: Provider, request: proto.ReadRequest): Promise<proto.ReadResponse> {
    const known = storedOf(request.getId(), request.getInputs(), request.getProperties());
    const found = await provider.read(resourceOf(request.getUrn()), request.getId(), known);
    if (!found) return new proto.ReadResponse(); // an empty id says that it is gone
    return new proto.ReadResponse()
        .setId(found.id)
        .setInputs(toStruct(found.inputs))
        .setProperties(toStruct(found.outputs));
}

/** A refusal by the emulated service is shown to the user as it is; any other error is a fault of the sandbox. */
async function translated<Response>(work: () => Response | Promise<Response>): Promise<Response> {
    try {
        return await work();
    } catch (error) {
        if (error instanceof InitError) throw initFailure(error);
        throw error instanceof Refusal ? new PluginError(error.message) : error;
    }
}

function failure({ property, reason }: CheckFailure): proto.CheckFailure {
    return new proto.CheckFailure().setProperty(property).setReason(reason);
}

function resourceOf(urn: string): Resource {
    // urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME, and a name may itself hold "::".
    const [stack = "", , qualifiedType = "", ...name] = urn.replace(/^urn:pulumi:/, "").split("::");
    return { stack, type: qualifiedType.split("$").at(-1) ?? "", name: name.join("::"), urn };
}

function storedOf(
    id: string,
    inputs: Parameters<typeof fromStruct>[0],
    outputs: Parameters<typeof fromStruct>[0],
): Stored {
    return { id, inputs: fromStruct(inputs), outputs: fromStruct(outputs) };
}

/** A schema with what `pulumi import` needs to write code: the types and the names of their inputs. */
function schemaOf(provider: Provider): string {
    const any = { $ref: "pulumi.json#/Any" };
    const resources = Object.entries(provider.inputNames()).map(([token, names]) => {
        const inputProperties = Object.fromEntries(names.map((name) => [name, any]));
        return [token, { inputProperties, properties: inputProperties }];
    });
    return JSON.stringify({
        name: provider.package,
        version: provider.version,
        resources: Object.fromEntries(resources),
    });
}
