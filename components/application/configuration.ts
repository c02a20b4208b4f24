import type * as pulumi from "@pulumi/pulumi";
import type { ApplicationArgs } from "./args";
import { queueVariables } from "./plan";

/** The values of the ConfigMap: all that services are told and that is not secret. */
export function configuration(args: ApplicationArgs): Record<string, pulumi.Input<string>> {
    const { region, database, cache, queues } = args;
    const { REDIS_PASSWORD: _, REDIS_URL: __, ...redis } = cache?.containerEnvironment ?? {};
    const queueUrls = queueVariables(Object.keys(queues)).map(([variable, queue]) => [
        variable,
        queues[queue]?.queueUrl,
    ]);
    return {
        AWS_REGION: region,
        ...Object.fromEntries(queueUrls),
        ...(database && {
            DATABASE_HOST: database.clientEndpoints.writer.host,
            DATABASE_READER_HOST: database.clientEndpoints.reader.host,
            DATABASE_PORT: String(database.clientEndpoints.writer.port),
            // Read replicas are reached past a proxy, whose port may be another.
            ...(database.proxyEndpoint && {
                DATABASE_READER_PORT: String(database.clientEndpoints.reader.port),
            }),
            DATABASE_NAME: database.databaseName,
        }),
        ...redis,
        ...args.configuration,
    };
}
