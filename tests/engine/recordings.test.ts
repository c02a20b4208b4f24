import { readFileSync } from "node:fs";
import * as path from "node:path";
import { afterAll, expect, it } from "vitest";
import type { PlatformName } from "../../policy/testing/platform";
import { readRecording, type Shown, saveRecording, textOf, toRecording } from "../../policy/testing/recording";
import { Checkout } from "./checkout";
import { existing, givenVpc, trustedSubnets } from "./existing-vpc";

/*
 * The pack's rules are tested on recordings of what the engine shows a policy pack of the program's resources, in
 * policy/testing/data. These tests make the recordings anew and compare. Where the program registers something else on
 * purpose, write them anew and read the difference: UPDATE_RECORDINGS=1 npx vitest run tests/engine/recordings.test.ts
 */

interface Platform {
    /** What stands in `Pulumi.<stack>.yaml` under `plinth:`. */
    readonly settings: Readonly<Record<string, unknown>>;
    /** What stands in `Sandbox.<stack>.yaml`. */
    readonly preexisting?: string;
    /** The configuration of the policy pack. */
    readonly packConfiguration?: string;
}

const ZONE = { type: "aws:route53/zone:Zone", id: "Z0123456789ABCDEFGHIJ", inputs: { name: "example.com" } };

const services = {
    backend: {
        port: 8080,
        replicas: { minimum: 2, maximum: 10 },
        secrets: { DATABASE_URL: { secret: "platform-database", key: "DATABASE_URL" } },
        ingressPath: "/",
        reaches: { database: true, cache: true, queues: { send: ["orders"] } },
    },
    worker: {
        replicas: { minimum: 1, maximum: 5 },
        reaches: { queues: { consume: ["orders"] } },
        scaling: { queueDepth: { queue: "orders", messagesPerReplica: 10 } },
    },
};

const teams = {
    tenantId: "01234567-89ab-cdef-0123-456789abcdef",
    teamId: "11234567-89ab-cdef-0123-456789abcdef",
    channelId: "19%3a0123456789abcdef%40thread.tacv2",
};

const platforms: Readonly<Record<PlatformName, Platform>> = {
    // All that a stack can have at once.
    platform: {
        settings: {
            tier: "prod",
            database: { readReplicas: 1, proxy: {} },
            backup: { copyTo: { region: "eu-central-1" } },
            notifications: { slack: [{ workspaceId: "T07EA123LEP", channelId: "C07EZ1ABC23" }], teams: [teams] },
            queues: { orders: {} },
            cluster: {
                access: { engineers: { principalArn: "arn:aws:iam::123456789012:role/engineers", policy: "edit" } },
            },
            workloads: {
                services,
                migration: { image: "registry.example.com/backend:1.0.0", command: ["migrate"] },
                ingress: { host: "shop.example.com", hostedZoneId: ZONE.id, waf: {} },
            },
        },
        preexisting: JSON.stringify({ preexisting: [ZONE] }),
    },
    // What there is in the place of an instance, and of a cache's token.
    aurora: {
        settings: {
            tier: "prod",
            // There is no cluster, whose Job would make the users.
            database: { engine: "aurora-mysql", readReplicas: 1, proxy: {}, users: { madeByHand: true } },
            cache: { shards: 0, authentication: "user-group" },
            cluster: false,
        },
    },
    "existing-network": {
        settings: { tier: "dev", network: { existing }, cluster: false },
        preexisting: givenVpc,
        packConfiguration: trustedSubnets,
    },
};

const checkout = new Checkout();
afterAll(() => checkout.remove());

/** Brings a platform up, under the pack and a second one that writes down what it is shown at the preview and at the end. */
async function record(stack: PlatformName): Promise<string> {
    const { settings, preexisting = "preexisting: []", packConfiguration = "{}" } = platforms[stack];
    const tags = { owner: "platform-team", costCentre: "engineering" };
    const entries = Object.entries({ ...settings, tags }).map(([key, value]) => [`plinth:${key}`, value]);
    const config = { "aws:region": "eu-west-1", ...Object.fromEntries(entries) };
    checkout.write(`Pulumi.${stack}.yaml`, JSON.stringify({ config }));
    checkout.write(`Sandbox.${stack}.yaml`, preexisting);
    checkout.write(`policy.${stack}.json`, packConfiguration);
    checkout.write("recorder.json", "{}");
    const file = path.join(checkout.directory, `${stack}.jsonl`);
    await checkout.succeedWith(
        { PLINTH_RECORDING: file },
        ...["up", stack, "--policy-pack", "policy", "--policy-pack-config", `policy.${stack}.json`],
        ...["--policy-pack", "policy/testing/recorder", "--policy-pack-config", "recorder.json"],
    );
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    const [preview = [], update = []] = lines.map((line) => JSON.parse(line) as Shown[]);
    expect(lines).toHaveLength(2);
    return textOf(toRecording(preview, update));
}

it.each(Object.keys(platforms) as PlatformName[])(
    "what is recorded of %s is what the program registers",
    async (name) => {
        const text = await record(name);
        if (process.env.UPDATE_RECORDINGS) saveRecording(name, text);
        expect(readRecording(name).split("\n"), "see the head of this file").toEqual(text.split("\n"));
    },
);
