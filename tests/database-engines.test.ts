import { afterAll, describe, expect, it } from "vitest";
import { Checkout, type State } from "./checkout";

const checkout = new Checkout();
afterAll(() => checkout.remove());

/** An engine, what else the configuration says, and what comes of it. */
interface Case {
    engine: string;
    settings: string[];
    port: number;
    url: RegExp;
    /** Inputs by the name of the resource. */
    made: Record<string, object>;
}

const cases: Case[] = [
    {
        engine: "mysql",
        settings: ["readReplicas: 1"],
        port: 3306,
        url: /^mysql:\/\/platform_admin:[^@]+@[^/]+:3306\/app\?ssl-mode=REQUIRED$/,
        made: {
            "database-primary": { engine: "mysql", engineVersion: "8.4", port: 3306 },
            "database-parameter-group": { family: "mysql8.4" },
        },
    },
    {
        engine: "aurora-mysql",
        settings: ["readReplicas: 1", "masterPassword: managed"],
        port: 3306,
        url: /^mysql:\/\/platform_admin:[^@]+@[^/]+\.cluster-[^/]+:3306\/app\?ssl-mode=REQUIRED$/,
        made: {
            "database-cluster": {
                engine: "aurora-mysql",
                engineVersion: "8.0",
                port: 3306,
                manageMasterUserPassword: true,
            },
            "database-cluster-parameter-group": { family: "aurora-mysql8.0" },
            "database-writer": { instanceClass: "db.t4g.medium", availabilityZone: "eu-west-1a" },
            "database-reader-1": { instanceClass: "db.t4g.medium", availabilityZone: "eu-west-1b" },
        },
    },
    {
        engine: "aurora-postgresql",
        settings: [
            "readReplicas: 1",
            "serverlessCapacity: { maximumAcu: 2 }",
            "readerAutoscaling: {}",
            "insights: advanced",
            "monitoringIntervalSeconds: 60",
            "finalSnapshot: true",
        ],
        port: 5432,
        url: /^postgresql:\/\/platform_admin:[^@]+@[^/]+\.cluster-[^/]+:5432\/app\?sslmode=require$/,
        made: {
            "database-cluster": {
                engineVersion: "16",
                serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 2 },
            },
            "database-parameter-group": { family: "aurora-postgresql16" },
            "database-reader-1": { instanceClass: "db.serverless" },
            "database-autoscaled-readers-target": { minCapacity: 1, maxCapacity: 5 },
        },
    },
];

describe.each(cases)("a platform on $engine", ({ engine, settings, port, url, made }) => {
    it("comes up under the policy pack with its engine's version, port and parameters, and goes down", async () => {
        const lines = [
            "config:",
            "  aws:region: eu-west-1",
            "  plinth:tier: dev",
            "  plinth:cache: false",
            "  plinth:cluster: false",
            "  plinth:database:",
            ...[`engine: ${engine}`, ...settings].map((setting) => `    ${setting}`),
        ];
        checkout.write("Pulumi.dev.yaml", lines.join("\n"));
        await checkout.succeed("up", "dev");
        const outputs = JSON.parse(
            await checkout.succeed("pulumi", "stack", "output", "--stack", "dev", "--json", "--show-secrets"),
        ) as { database: { port: number; replicaEndpoints: string[] }; databaseUrl: string };
        expect(outputs.database.port).toBe(port);
        expect(outputs.database.replicaEndpoints).toEqual([expect.stringMatching(new RegExp(`:${port}$`))]);
        expect(outputs.databaseUrl).toMatch(url);

        const state = await checkout.state("dev");
        for (const [name, inputs] of Object.entries(made)) expect(inputsOf(state, name)).toMatchObject(inputs);
        expect(inputsOf(state, "database-access-client-egress")).toMatchObject({ fromPort: port, toPort: port });

        await checkout.succeed("destroy", "dev");
        const left = await checkout.account("dev");
        expect(left.resources).toEqual([]);
        expect(left.retained.some(({ because }) => because === "the final snapshot")).toBe(
            settings.includes("finalSnapshot: true"),
        );
    }, 300_000);
});

function inputsOf({ deployment }: State, name: string) {
    return deployment.resources.find(({ urn }) => urn.endsWith(`::${name}`))?.inputs;
}
