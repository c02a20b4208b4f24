import * as grpc from "@grpc/grpc-js";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { PluginError } from "../rpc/server";
import { toStruct } from "../rpc/values";
import type { InitError } from "./provider";

/** The failure of a resource that exists nevertheless, in the engine's form: the details of the error contain its state. */
export function initFailure({ message, resource, reasons }: InitError): PluginError {
    const failure = new proto.ErrorResourceInitFailed()
        .setId(resource.id)
        .setInputs(toStruct(resource.inputs))
        .setProperties(toStruct(resource.outputs))
        .setReasonsList(reasons);
    const details = new Any();
    details.pack(failure.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new Status().setCode(grpc.status.UNKNOWN).setMessage(message).setDetailsList([details]);
    const metadata = new grpc.Metadata();
    metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
    return new PluginError(message, grpc.status.UNKNOWN, metadata);
}
