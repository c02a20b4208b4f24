import { OpsError } from "../ops-error";
import { awsConfiguration, withAws } from "./aws";

/** The text of a secret in Secrets Manager. It is never printed and never an argument of a process. */
export async function readSecret(id: string, region: string): Promise<string> {
    const { GetSecretValueCommand, SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
    const client = new SecretsManagerClient(awsConfiguration(region));
    return withAws(client, `the secret ${id} is not to be had`, async () => {
        const { SecretString: text } = await client.send(new GetSecretValueCommand({ SecretId: id }));
        if (text === undefined) throw new OpsError(`the secret ${id} has no text`);
        return text;
    });
}

/** The user and the password in a database's secret. */
export async function readCredentials(id: string, region: string): Promise<{ user: string; password: string }> {
    const { username, password } = parseSecret(await readSecret(id, region));
    if (typeof username !== "string" || typeof password !== "string")
        throw new OpsError(`the secret ${id} has no username and password`);
    return { user: username, password };
}

/** The user, if there is one, and the password or token in a cache's secret. */
export async function readCacheCredentials(id: string, region: string): Promise<{ user?: string; password: string }> {
    const { username, password, authToken } = parseSecret(await readSecret(id, region));
    if (typeof authToken === "string") return { password: authToken };
    if (typeof username === "string" && typeof password === "string") return { user: username, password };
    throw new OpsError(`the secret ${id} has neither an authToken nor a username and password`);
}

function parseSecret(text: string): Record<string, unknown> {
    try {
        return (JSON.parse(text) ?? {}) as Record<string, unknown>;
    } catch {
        // The parser's own message would show part of the text.
        return {};
    }
}
