import { afterAll, describe, expect, it } from "vitest";
import { Checkout } from "./checkout";

const checkout = new Checkout(["cluster"]);
afterAll(() => checkout.remove());

describe.each([["mysql", "8.4", 3306, /^mysql:\/\/platform_admin:[^@]+@[^/]+:3306\/app\?ssl-mode=REQUIRED$/]])(
    "a platform on %s",
    (engine, version, port, url) => {
        it("comes up under the policy pack with its engine's version, port and parameters, and goes down", async () => {
            checkout.write(
                "Pulumi.dev.yaml",
                [
                    "config:",
                    "  aws:region: eu-west-1",
                    "  plinth:tier: dev",
                    "  plinth:cache: false",
                    "  plinth:database:",
                    `    engine: ${engine}`,
                    "    readReplicas: 1",
                ].join("\n"),
            );
            await checkout.succeed("up", "dev");
            await checkout.succeed("preview", "dev", "--expect-no-changes");
            await checkout.succeed("refresh", "dev", "--expect-no-changes");
            const outputs = JSON.parse(
                await checkout.succeed("pulumi", "stack", "output", "--stack", "dev", "--json", "--show-secrets"),
            ) as { database: { port: number }; databaseUrl: string };
            expect(outputs.database.port).toBe(port);
            expect(outputs.databaseUrl).toMatch(url);

            const { resources } = (await checkout.state("dev")).deployment;
            const inputs = (name: string) => resources.find(({ urn }) => urn.endsWith(`::${name}`))?.inputs;
            expect(inputs("database-primary")).toMatchObject({ engine, engineVersion: version, port });
            expect(inputs("database-parameter-group")).toMatchObject({ family: `${engine}${version}` });
            expect(inputs("database-access-client-egress")).toMatchObject({ fromPort: port, toPort: port });

            await checkout.succeed("destroy", "dev");
            expect((await checkout.account("dev")).resources).toEqual([]);
        });
    },
);
