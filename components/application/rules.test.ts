import { describe, expect, it } from "vitest";
import { queueVariables } from "./plan";
import { applicationProblems } from "./rules";
import type { ApplicationSpec, MigrationSpec } from "./spec";

const migration: MigrationSpec = {
    ...{ image: "registry.example.com/backend:1.4.2", command: ["alembic", "upgrade", "head"] },
    ...{ timeoutSeconds: 600, retries: 2, run: 1 },
};
const spec: ApplicationSpec = {
    namespace: "app",
    configuration: { LOG_LEVEL: "debug", UPSTREAM: "https://api.example.com/v1" },
    migration,
    databaseClientImage: "registry.example.com/postgres:17.6",
    imagePullSecrets: [],
    secretRefreshSeconds: 300,
    jwtSecretVersion: 1,
    keyDeletionWindowDays: 7,
    secretRecoveryWindowDays: 0,
};
const digest = `sha256:${"0".repeat(64)}`;

const problems = (change: Partial<ApplicationSpec>, database = true) =>
    applicationProblems("workloads", { ...spec, ...change }, { database }).map(({ text }) => text);

describe("what an application may ask for", () => {
    it.each<Partial<ApplicationSpec>>([
        {},
        { namespace: "team-1" },
        { databaseClientImage: `registry.example.com:5000/postgres@${digest}` },
        { migration: { ...migration, userId: 1000 } },
    ])("is %j", (change) => {
        expect(problems(change)).toEqual([]);
    });

    it.each<[Partial<ApplicationSpec>, string]>([
        [{ namespace: "App_1" }, 'workloads.namespace: "App_1" is not a namespace'],
        [{ namespace: "kube-system" }, 'workloads.namespace: "kube-system" is a namespace of the cluster\'s own'],
        [{ namespace: "default" }, 'workloads.namespace: "default" is a namespace of the cluster\'s own'],
        [{ databaseClientImage: "postgres" }, "workloads.databaseClientImage: postgres has no tag"],
        [{ databaseClientImage: "postgres:latest" }, "workloads.databaseClientImage: postgres:latest is another image"],
        [{ secretRefreshSeconds: 5 }, "workloads.secretRefreshSeconds: 5 is out of range"],
        [{ migration: { ...migration, image: "backend" } }, "workloads.migration.image: backend has no tag"],
        [{ migration: { ...migration, command: [] } }, "workloads.migration.command: is empty"],
        [{ migration: { ...migration, userId: 0 } }, "workloads.migration.userId: 0 is out of range"],
        [{ migration: { ...migration, retries: 11 } }, "workloads.migration.retries: 11 is out of range"],
        [{ configuration: { "LOG LEVEL": "x" } }, "workloads.configuration.LOG LEVEL: is not the name of a variable"],
        [{ configuration: { AWS_REGION: "x" } }, "workloads.configuration.AWS_REGION: is made by Plinth"],
        [{ configuration: { SQS_QUEUE_URL_A: "x" } }, "workloads.configuration.SQS_QUEUE_URL_A: is made by Plinth"],
        [{ configuration: { DATABASE_HOST: "x" } }, "workloads.configuration.DATABASE_HOST: is made by Plinth"],
    ])("is not %j", (change, says) => {
        expect(problems(change)).toEqual([expect.stringContaining(says)]);
    });

    it.each([
        ["SMTP_PASSWORD", "hunter2hunter2"],
        ["ApiKey", "hunter2hunter2"],
        ["STRIPE_TOKEN", "hunter2hunter2"],
        ["BROKER", "amqps://user:hunter2hunter2@broker.example.com"],
    ])("is no secret such as %s, whose value no message repeats", (name, value) => {
        const [problem, ...others] = problems({ configuration: { [name]: value } });
        expect(problem).toContain(`workloads.configuration.${name}: looks like a secret`);
        expect(problem).not.toContain("hunter2");
        expect(others).toEqual([]);
    });

    it("is no migration without a database", () => {
        expect(problems({}, false)).toEqual([
            "workloads.migration: has no database to migrate; leave it out, or have a database",
        ]);
    });
});

describe("the variables of queues", () => {
    it.each<[string[], [string, string][]]>([
        [[], []],
        [
            ["orders"],
            [
                ["SQS_QUEUE_URL", "orders"],
                ["SQS_QUEUE_URL_ORDERS", "orders"],
            ],
        ],
        [
            ["orders", "late-orders"],
            [
                ["SQS_QUEUE_URL_ORDERS", "orders"],
                ["SQS_QUEUE_URL_LATE_ORDERS", "late-orders"],
            ],
        ],
    ])("of %j", (queues, variables) => {
        expect(queueVariables(queues)).toEqual(variables);
    });
});
