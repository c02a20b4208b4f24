import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RbacObject, readersOf } from "../../components/application/secret-readers";
import { Checkout } from "./checkout";

/** A small platform with one service, in the image and with the migration that it is released with. */
const release = (version: string) => `config:
  aws:region: eu-west-1
  plinth:tier: dev
  plinth:tags: { owner: platform-team, costCentre: engineering }
  plinth:cache: false
  plinth:workloads:
    migration: { image: "registry.example.com/backend:${version}", command: [migrate] }
    services:
      backend:
        image: registry.example.com/backend:${version}
        port: 8080
        reaches: { database: true }
`;

const checkout = new Checkout();
afterAll(() => checkout.remove());

/** The objects of a kind in the state, as they came out. */
async function objects(kind: string): Promise<Record<string, unknown>[]> {
    const { resources } = checkout.state("dev").deployment;
    return resources.filter(({ outputs }) => outputs?.kind === kind).map(({ outputs }) => outputs);
}

async function runningImage(): Promise<string> {
    return JSON.stringify(await objects("Deployment")).match(/backend:[\d.]+/)?.[0] ?? "none";
}

async function migrations(): Promise<string[]> {
    const names = (await objects("Job")).map(({ metadata }) => (metadata as { name: string }).name);
    return names.filter((name) => name.startsWith("migrate-"));
}

function configure(version: string, failingJobs: string[]): void {
    checkout.write("Pulumi.dev.yaml", release(version));
    checkout.write("Sandbox.dev.yaml", `failingJobs: ${JSON.stringify(failingJobs)}\n`);
}

describe("a release", () => {
    beforeAll(async () => {
        configure("1.0.0", []);
        await checkout.succeed("up", "dev", "--skip-preview"); // under the policy pack
    });

    it("rolls its services out once its migration is done", async () => {
        expect(await runningImage()).toBe("backend:1.0.0");
        expect(await migrations()).toHaveLength(1);
    });

    it("stops where the migration fails, says so, and leaves the services as they were; a corrected one goes on", async () => {
        const [before] = await migrations();
        configure("1.1.0", ["app/workloads-database-migrate"]);
        const failed = await checkout.run(["pulumi", "up", "--stack", "dev", "--yes", "--skip-preview"]);
        expect(failed.code).not.toBe(0);
        expect(failed.output).toMatch(/workloads-database-migrate[\s\S]*BackoffLimitExceeded/);
        expect(await runningImage()).toBe("backend:1.0.0");

        configure("1.1.1", []);
        await checkout.update("dev");
        expect(await runningImage()).toBe("backend:1.1.1");
        const [after, ...others] = await migrations();
        expect(others).toEqual([]);
        expect(after).not.toBe(before);
    });

    it("lets one group of people look into the secrets of the services, and no one else", async () => {
        const kinds = ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"];
        const rbac = (await Promise.all(kinds.map(objects))).flat() as unknown as RbacObject[];
        for (const name of ["platform-database", "app-secrets"]) {
            expect(readersOf(rbac, { namespace: "app", name })).toEqual([
                {
                    subject: "Group platform-secret-readers",
                    through: "RoleBinding app/secret-readers",
                    how: "reads it",
                },
            ]);
        }
    });

    it("has no secret in any object of the cluster, in the state's plain text", async () => {
        const { resources } = checkout.state("dev").deployment;
        const inCluster = resources.filter(({ type }) => type.startsWith("kubernetes:"));
        expect(inCluster.length).toBeGreaterThan(20);
        // What is secret is encrypted there, under this mark: these objects have none, since they hold nothing secret.
        expect(JSON.stringify(inCluster)).not.toContain("4dabf18193072939515e22adb298388d");
    });
});
