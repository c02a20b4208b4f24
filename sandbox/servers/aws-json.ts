import { SandboxError } from "../account/sandbox-error";

/** A service of AWS that speaks JSON, by the name in its requests. */
const services = {
    sqs: { target: "AmazonSQS", version: "1.0" },
    secretsmanager: { target: "secretsmanager", version: "1.1" },
} as const;

/** Asks a service of AWS where nobody looks at signatures: on this machine. */
export async function askAws(
    url: string,
    region: string,
    service: keyof typeof services,
    action: string,
    input: object,
): Promise<Record<string, unknown>> {
    const { target, version } = services[service];
    const date = new Date().toISOString().slice(0, 10).replaceAll("-", "");
    const response = await fetch(url, {
        method: "POST",
        headers: {
            "content-type": `application/x-amz-json-${version}`,
            "x-amz-target": `${target}.${action}`,
            authorization: `AWS4-HMAC-SHA256 Credential=test/${date}/${region}/${service}/aws4_request, SignedHeaders=host, Signature=none`,
        },
        body: JSON.stringify(input),
    });
    const text = await response.text();
    if (!response.ok) throw new SandboxError(`${service} refused ${action}: ${text.slice(0, 500)}`);
    return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}
