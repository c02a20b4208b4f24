import { OpsError } from "../ops-error";

/** How every client of AWS is made: it gives up in time, and says so. */
export function awsConfiguration(region: string) {
    return { region, maxAttempts: 3, requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 } };
}

/**
 * Asks AWS with a client, and closes it.
 * @param failure stands in front of what AWS, or the way to it, says
 */
export async function withAws<Client extends { destroy(): void }, Result>(
    client: Client,
    failure: string,
    work: (client: Client) => Promise<Result>,
): Promise<Result> {
    try {
        return await work(client);
    } catch (error) {
        if (error instanceof OpsError) throw error;
        const { name, message } = error as Error;
        const remedy = name === "CredentialsProviderError" ? "; log in to AWS, or set AWS_PROFILE" : "";
        throw new OpsError(`${failure}: ${name}: ${message}${remedy}`, { cause: error });
    } finally {
        client.destroy();
    }
}
