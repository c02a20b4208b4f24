import { OpsError } from "../ops-error";
import { isObject, type OutputSource, readOutputs, refuseMissing } from "./outputs";

/** What a stack says of its cache. */
export interface CacheOutputs {
    region: string;
    /** Host to write to; in cluster mode, one that knows the shards. */
    host: string;
    /** Host to read from; in cluster mode, the same. */
    readerHost: string;
    port: number;
    clusterMode: boolean;
    /** ARN of the secret with the token, or with user and password. */
    secretArn: string;
    replicationGroupId: string;
}

/** Reads where a stack's cache is. Nothing of it is secret. */
export function cacheOutputs(source: OutputSource): CacheOutputs {
    const { cache, region } = readOutputs(source);
    if (!isObject(cache)) throw new OpsError("the stack's outputs have no `cache`: it has none, or is not up");
    const { primaryEndpoint, readerEndpoint, configurationEndpoint, port, secretArn, replicationGroupId } = cache;
    const texts = { region, primaryEndpoint, readerEndpoint, secretArn, replicationGroupId };
    refuseMissing({ ...texts, port });
    return {
        region: String(region),
        host: String(primaryEndpoint),
        readerHost: String(readerEndpoint),
        port: Number(port),
        clusterMode: typeof configurationEndpoint === "string",
        secretArn: String(secretArn),
        replicationGroupId: String(replicationGroupId),
    };
}
