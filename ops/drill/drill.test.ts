import type { ChildProcess } from "node:child_process";
import { statSync } from "node:fs";
import * as path from "node:path";
import { CreateDBInstanceCommand, DeleteDBInstanceCommand } from "@aws-sdk/client-rds";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CommandResult } from "../testing/command";
import { DrillStage, living, master, masterPassword, restored } from "../testing/drill-stage";
import { noMoto } from "../testing/moto";
import { noPostgres } from "../testing/postgres";

const missing = noMoto || noPostgres;
const stage = new DrillStage();

afterAll(() => stage.stop());

describe.skipIf(missing)(`npm run ops -- <stack> database drill${missing && `, skipped: ${missing}`}`, () => {
    beforeAll(() => stage.start());
    beforeEach(() => stage.forget());

    it("restores the newest backup, looks at every row, leaves evidence, and takes it down", async () => {
        const before = await stage.livingState();
        expect(await stage.drill(["--dry-run"])).toMatchObject({
            code: 0,
            stdout: expect.stringContaining(`${restored} would be restored from of-today`),
        });
        expect([stage.files(), stage.calls.changes]).toEqual([[], []]);
        const { code, stdout, stderr } = await stage.drill(["--rpo", "24", "--rto", "60"]);
        expect([code, stderr]).toEqual([0, expect.stringContaining("answers")]);
        expect(stdout).toContain("The drill is passed");
        // moto gives it the living one's protection from deletion, which is turned off first.
        expect(stage.calls.changes.map(({ action }) => action)).toEqual([
            ...["RestoreDBInstanceFromDBSnapshot", "ModifyDBInstance", "ModifyDBInstance", "DeleteDBInstance"],
        ]);
        const [restore] = stage.calls.changes;
        expect(Object.fromEntries(restore?.parameters ?? [])).toMatchObject({
            ...{ DBInstanceIdentifier: restored, DBSnapshotIdentifier: "of-today", DBInstanceClass: "db.m6g.large" },
            ...{ PubliclyAccessible: "false", MultiAZ: "false" },
        });
        for (const { parameters } of stage.calls.changes) expect(parameters.get("DBInstanceIdentifier")).toBe(restored);
        const { json, markdown, text } = stage.evidence();
        expect(json).toMatchObject({
            ...{ passed: true, source: living, restoredAs: restored, stack: "prod", interruptions: 0 },
            ...{ goals: { rpoSeconds: 86_400, rtoSeconds: 3_600 }, restored: { encrypted: true } },
            origin: { snapshot: "of-today" },
            // The policies of the tenants hide 20 of the 50 from everyone but the drill.
            tables: [
                { name: "shop.customers", rows: 50, newest: "2026-11-26T04:00:00.000Z" },
                { name: "shop.orders", rows: 2000 },
            ],
            orphans: { "shop.orders.of_customer": 0 },
            schema: { onlyLiving: [], onlyRestored: [], different: [] },
        });
        expect(json.rtoSeconds).toBeGreaterThan(0);
        expect(markdown).toContain("# Restore drill of prod: passed");
        const password = stage.calls.changes[1]?.parameters.get("MasterUserPassword") ?? "";
        expect(password).toMatch(/^[0-9a-f]{48}$/);
        expect(stdout + stderr + text + markdown).not.toContain(password);
        for (const file of stage.files())
            expect(statSync(path.join(stage.folder, ".ops/drills", file)).mode & 0o777).toBe(0o600);
        expect(stage.files()).toHaveLength(2);
        expect(await stage.instances()).toEqual([living]);
        expect(await stage.livingState()).toEqual(before);
        // What was lifted to look at all rows is as it was, there too.
        expect(stage.query("restored", "SELECT relforcerowsecurity FROM pg_class WHERE relname = 'customers'")).toEqual(
            [["t"]],
        );
    });

    it("is not passed where rows are lost, have no parents, or the schema differs, and says which", async () => {
        stage.query(
            "restored",
            `ALTER TABLE shop.orders DISABLE TRIGGER ALL; INSERT INTO shop.orders VALUES (1, 9001, 77), (1, 9002, 78);
            SET ROLE owner; CREATE TABLE shop.left_over (id int)`,
        );
        stage.query("living", "CREATE TABLE shop.invoices (id int); ALTER TABLE shop.orders ADD COLUMN total int");
        expect(await stage.drill(["--rpo", "0"])).toMatchObject({
            code: 4,
            stdout: expect.stringContaining("2 rows of shop.orders.of_customer have no parent"),
        });
        const { json } = stage.evidence();
        expect(json).toMatchObject({
            passed: false,
            schema: {
                onlyLiving: ["column shop.invoices.id", "column shop.orders.total", "relation shop.invoices"],
                onlyRestored: ["column shop.left_over.id", "relation shop.left_over"],
            },
        });
        const critical = json.findings.filter(({ severity }) => severity === "critical").map(({ check }) => check);
        expect(critical).toEqual(["RPO", "orphans"]);
        expect(await stage.instances()).toEqual([living]);

        stage.forget();
        stage.query("restored", "TRUNCATE shop.orders");
        expect(await stage.drill()).toMatchObject({
            code: 4,
            stdout: expect.stringContaining("shop.orders has 0 rows, the living one about 2000"),
        });
        stage.query(
            "restored",
            "DROP TABLE shop.left_over; INSERT INTO shop.orders SELECT 1, n, n % 30 + 1 FROM generate_series(1, 2000) n",
        );
        stage.query("living", "DROP TABLE shop.invoices; ALTER TABLE shop.orders DROP COLUMN total");
    });

    const steps = ["RestoreDBInstanceFromDBSnapshot", "ModifyDBInstance", "DeleteDBInstance"];
    it.each(
        steps.flatMap((step) => [
            [step, "before"],
            [step, "after"],
        ]),
    )("killed at %s, %s it has its effect, goes on at the next start", async (step, moment) => {
        const before = await stage.livingState();
        const killed = await killedAt(step, moment);
        expect(killed).toMatchObject({ code: undefined });
        expect(stage.files()).toContain("prod.state.json");
        expect(await stage.drill()).toMatchObject({ code: 0, stderr: expect.stringContaining("it goes on") });
        expect(stage.evidence().json).toMatchObject({ passed: true, interruptions: 1 });
        expect(await stage.instances()).toEqual([living]);
        expect(stage.files()).toHaveLength(2);
        const restores = stage.calls.changes.filter(({ action }) => action.startsWith("Restore"));
        expect(restores).toHaveLength(1);
        expect(await stage.livingState()).toEqual(before);
    });

    it("takes it down where it was begun elsewhere, with --clean-up alone", async () => {
        await killedAt("ModifyDBInstance", "before");
        stage.forget();
        expect(await stage.drill()).toMatchObject({ code: 3, stderr: expect.stringContaining("--clean-up") });
        expect(await stage.instances()).toEqual([living, restored]);
        expect(await stage.drill(["--clean-up"])).toMatchObject({
            code: 0,
            stdout: `${restored} was deleted.\n`,
        });
        expect(await stage.instances()).toEqual([living]);
        expect(await stage.drill(["--clean-up"])).toMatchObject({ code: 0, stdout: "Nothing was deleted.\n" });
    });

    it("takes down what it made and leaves evidence where it cannot log in, or is interrupted", async () => {
        const wrong = await stage.drill(["--restored-port", "1"]);
        expect(wrong).toMatchObject({ code: 1, stdout: expect.stringContaining("cannot connect") });
        expect(stage.evidence().json).toMatchObject({ passed: false, takenDownAt: expect.any(String) });
        expect(await stage.instances()).toEqual([living]);
        stage.forget();
        let child: ChildProcess | undefined;
        stage.listenForPasswords(({ action }, at) => {
            if (action.startsWith("Restore") && at === "after") child?.kill("SIGINT");
            return true;
        });
        expect(
            await stage.drill([], (process) => {
                child = process;
            }),
        ).toMatchObject({ code: 1, stdout: expect.stringContaining("interrupted") });
        expect([await stage.instances(), stage.files().length]).toEqual([[living], 2]);
    });

    it("leaves alone what no drill made, and never looks at the living one in the restored one's place", async () => {
        // Only the restored one takes its password; here, the living one takes it too.
        stage.listenForPasswords(({ parameters }, at) => {
            const password = parameters.get("MasterUserPassword");
            if (password && at === "after") stage.query("living", `ALTER ROLE ${master} PASSWORD '${password}'`);
            return true;
        });
        expect(await stage.drill(["--restored-port", String(stage.livingPort)])).toMatchObject({
            code: 1,
            stdout: expect.stringContaining("the connection leads to the living database"),
        });
        stage.query("living", `ALTER ROLE ${master} PASSWORD '${masterPassword}'`);
        expect(await stage.instances()).toEqual([living]);
        stage.forget();
        await stage.rds.send(
            new CreateDBInstanceCommand({
                ...{ DBInstanceIdentifier: restored, Engine: "postgres", AllocatedStorage: 20 },
                ...{ DBInstanceClass: "db.t3.micro", MasterUsername: "anybody", MasterUserPassword: "no-secret-here" },
            }),
        );
        for (const args of [[], ["--clean-up"]]) expect(await stage.drill(args)).toMatchObject({ code: 3 });
        expect(await stage.instances()).toEqual([living, restored]);
        await stage.rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: restored, SkipFinalSnapshot: true }));
    });

    it("refuses a snapshot that is not there, and a second drill while one runs", async () => {
        expect(await stage.drill(["--snapshot", "gone"])).toMatchObject({
            code: 3,
            stderr: expect.stringContaining("--snapshot: gone is not there"),
        });
        let second: CommandResult | undefined;
        stage.listenForPasswords(async ({ action }, at) => {
            if (action.startsWith("Restore") && at === "after") second = await stage.drill();
            return true;
        });
        expect(await stage.drill()).toMatchObject({ code: 0 });
        expect(second).toMatchObject({ code: 3, stderr: expect.stringMatching(/process \d+ is at this drill/) });
        expect(await stage.instances()).toEqual([living]);
    });

    function killedAt(step: string, moment: string) {
        let child: ChildProcess | undefined;
        stage.listenForPasswords(({ action }, at) => {
            if (action !== step || at !== moment) return true;
            child?.kill("SIGKILL");
            stage.listenForPasswords();
            return false;
        });
        return stage.drill([], (process) => {
            child = process;
        });
    }
});
