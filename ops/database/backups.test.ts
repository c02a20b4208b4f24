import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { CreateDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runOps } from "../testing/command";
import { MotoServer, noMoto } from "../testing/moto";
import { type AutomatedBackups, retentionChange } from "./backups";

const folder = mkdtempSync(path.join(tmpdir(), "plinth-ops-backups-"));
const moto = new MotoServer();
let environment: Record<string, string>;

afterAll(() => {
    moto.stop();
    rmSync(folder, { recursive: true, force: true });
});

describe("another retention", () => {
    const now = new Date("2026-11-27T12:00:00Z");
    const backups: AutomatedBackups = {
        source: "database",
        retentionDays: 30,
        earliest: "2026-10-28T12:00:00.000Z",
        snapshots: ["2026-11-01", "2026-11-19", "2026-11-21", "2026-11-27"].map((day) => ({
            name: `rds:${day}`,
            createdAt: `${day}T03:00:00.000Z`,
        })),
    };
    const expired = (days: number) => retentionChange(backups, days, now).snapshots.map(({ name }) => name);

    it("expires what is older", () => {
        expect(expired(7)).toEqual(["rds:2026-11-01", "rds:2026-11-19"]);
        expect(retentionChange(backups, 7, now)).toMatchObject({
            ...{ from: 30, to: 7, loses: true, earliest: "2026-11-20T12:00:00.000Z" },
        });
    });

    it("expires nothing where it is longer or the same", () => {
        for (const days of [30, 35])
            expect(retentionChange(backups, days, now)).toMatchObject({
                ...{ snapshots: [], loses: false, earliest: backups.earliest },
            });
    });

    it("expires all with 0, which turns backups off", () => {
        expect(expired(0)).toHaveLength(4);
        expect(retentionChange(backups, 0, now)).toMatchObject({ loses: true, earliest: undefined });
    });
});

describe.skipIf(noMoto)(`npm run ops -- <stack> database backups${noMoto && `, skipped: ${noMoto}`}`, () => {
    beforeAll(async () => {
        environment = await moto.start();
        const credentials = { accessKeyId: "test", secretAccessKey: "test" };
        const rds = new RDSClient({ endpoint: environment.AWS_ENDPOINT_URL, region: "eu-west-1", credentials });
        await rds.send(
            new CreateDBInstanceCommand({
                ...{ DBInstanceIdentifier: "plinth-dev-database", Engine: "postgres", AllocatedStorage: 20 },
                ...{ DBInstanceClass: "db.t3.micro", MasterUsername: "admin", MasterUserPassword: "no-secret-here" },
                BackupRetentionPeriod: 7,
            }),
        );
        const database = { primaryAddress: "db", port: 5432, databaseName: "app", secretArn: "secret" };
        const outputs = { region: "eu-west-1", database: { ...database, instanceId: "plinth-dev-database" } };
        writeFileSync(path.join(folder, "outputs.json"), JSON.stringify(outputs));
    });

    it("lists them, and says what another retention would expire", async () => {
        const listed = JSON.parse((await ops("--json")).stdout);
        expect(listed).toMatchObject({ source: "plinth-dev-database", retentionDays: 7 });
        expect(listed.snapshots).toEqual([{ name: expect.stringMatching(/^rds:/), createdAt: expect.any(String) }]);
        expect(await ops("--retention", "3")).toMatchObject({
            code: 0,
            stdout: expect.stringContaining("With 3 days nothing would expire."),
        });
        expect(await ops("--retention", "0")).toMatchObject({
            code: 4,
            stdout: expect.stringContaining(`these would expire:\n  ${listed.snapshots[0].name}\n`),
        });
        expect(await ops("--retention", "36")).toMatchObject({
            code: 1,
            stderr: expect.stringContaining("--retention: 36 is not allowed; give a number from 0 to 35"),
        });
    });
});

function ops(...args: string[]) {
    return runOps(folder, environment, ["dev", "database", "backups", "--outputs", "outputs.json", ...args]);
}
