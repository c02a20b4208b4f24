import { readdirSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { afterAll, expect, it } from "vitest";
import { Checkout } from "./checkout";

const checkout = new Checkout();
afterAll(() => checkout.remove());

/** What the sandbox gives the program for every secret that it can't decrypt. */
const secret = "stand-in-for-a-secret";

/** The files under a folder that hold a text. */
function filesWith(text: string, folder: string): string[] {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
        .map((name) => path.join(folder, name))
        .filter((file) => statSync(file).isFile() && readFileSync(file, "utf8").includes(text));
}

it("field F17: secrets of the configuration are in plain text nowhere: state, account, outputs, output", async () => {
    checkout.write(
        "Pulumi.dev.yaml",
        [
            "config:",
            "  aws:region: eu-west-1",
            "  plinth:tier: dev",
            "  plinth:database: false",
            "  plinth:cache: false",
            "  plinth:notifications:",
            "    httpsEndpoints:",
            "      - secure: AAAA",
            "  plinth:workloads:",
            "    configuration:",
            "      LICENCE:",
            "        secure: AAAA",
            "    services:",
            "      backend:",
            "        port: 8080",
            "        environment:",
            "          SENTRY_DSN:",
            "            secure: AAAA",
        ].join("\n"),
    );
    const made = await checkout.succeed("pulumi", "stack", "init", "dev");
    const plan = await checkout.succeed("pulumi", "preview", "--stack", "dev", "--diff");
    const up = await checkout.update("dev");
    const listing = await checkout.succeed("account", "dev", "--json");
    for (const text of [made, plan, up.printed, listing, JSON.stringify(checkout.outputs("dev"))])
        expect(text).not.toContain(secret);
    expect(filesWith(secret, path.join(checkout.directory, ".sandbox"))).toEqual([]);

    // They did reach the pod, and the topic.
    const { resources } = checkout.state("dev").deployment;
    const inputsOf = (name: string) => JSON.stringify(resources.find(({ urn }) => urn.endsWith(`::${name}`))?.inputs);
    expect(inputsOf("backend-deployment")).toContain(
        '"secretKeyRef":{"key":"SENTRY_DSN","name":"backend-environment"}',
    );
    expect(inputsOf("backend-deployment")).toContain('"secretRef":{"name":"app-config-secret"}');
    expect(resources.filter(({ type }) => type === "aws:sns/topicSubscription:TopicSubscription")).toHaveLength(1);
});
