import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout } from "./checkout";

const checkout = new Checkout();
afterAll(() => checkout.remove());

/** Writes the configuration of a stack that has a database and little else. */
function configure(database: Record<string, unknown>): void {
    checkout.write(
        "Pulumi.dev.yaml",
        [
            "config:",
            "  aws:region: eu-west-1",
            "  plinth:tier: dev",
            "  plinth:cache: false",
            "  plinth:cluster: false",
            "  plinth:notifications: false",
            "  plinth:database:",
            // There is no cluster, whose Job would make the users.
            "    users: { madeByHand: true }",
            ...Object.entries(database).map(([name, value]) => `    ${name}: ${value}`),
        ].join("\n"),
    );
}

/** Updates the stack, and says what that did to the database's own resources: `update database-primary`. */
async function comesUp(): Promise<string[]> {
    const { steps } = await checkout.update("dev");
    return steps
        .filter(({ urn }) => /(aws|random):/.test(urn))
        .map(({ op, name }) => `${op} ${name}`)
        .sort();
}

/** The master user's password in the secret, as the last update found it. */
async function password(): Promise<string> {
    const outputs = JSON.parse(
        await checkout.succeed("pulumi", "stack", "output", "--stack", "dev", "--json", "--show-secrets"),
    ) as { databaseUrl: string };
    return /^postgresql:\/\/platform_admin:([^@]+)@/.exec(outputs.databaseUrl)?.[1] ?? "";
}

let first = "";
beforeAll(async () => {
    configure({ rotationDays: 30, readReplicas: 1 });
    await comesUp();
    first = await password();
});

describe("a password that was rotated", () => {
    it("is no drift, not even when AWS has forgotten the version before the last", async () => {
        await checkout.succeed("rotate", "dev");
        await checkout.succeed("rotate", "dev");
        await checkout.isAsPlanned("dev");
    });

    it("is not written over by a change of what the secret holds", async () => {
        configure({ rotationDays: 30, readReplicas: 2 });
        expect((await comesUp()).filter((step) => !/monitoring/.test(step))).toEqual(["create database-replica-2"]);
        // What a rotation makes here is hexadecimal, unlike what Plinth makes.
        expect(first).not.toMatch(/^[0-9a-f]{48}$/);
        expect(await password()).toMatch(/^[0-9a-f]{48}$/);
    });
});

describe("a password that RDS manages", () => {
    it("takes the place of a generated one in place", async () => {
        configure({ rotationDays: 30, masterPassword: "managed" });
        expect((await comesUp()).filter((step) => !/monitoring|replica/.test(step))).toEqual([
            "delete database-master-credentials-secret",
            "delete database-master-credentials-value",
            "delete database-master-password",
            "replace database-rotation-master",
            "update database-primary",
        ]);
        expect(await password()).toMatch(/^[0-9a-f]{48}$/);
    });

    it("is no drift when RDS gave it another, and goes with the database", async () => {
        await checkout.succeed("rotate", "dev");
        await checkout.isAsPlanned("dev");
        await checkout.succeed("destroy", "dev", "--skip-preview");
        expect((await checkout.account("dev")).resources).toEqual([]);
    });
});
