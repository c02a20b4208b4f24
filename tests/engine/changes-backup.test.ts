import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout, type Step } from "./checkout";

const checkout = new Checkout();
afterAll(() => checkout.remove());

const withCopies = { copyTo: { region: "eu-central-1" }, vaultLock: { minRetentionDays: 7 } };

/** Writes the configuration of a stack that has a database with backups and little else. */
function configure(backup: object | false, restored?: object): void {
    const values = {
        ...{ "aws:region": "eu-west-1", "plinth:tier": "prod", "plinth:protect": false },
        ...{ "plinth:cache": false, "plinth:cluster": false, "plinth:notifications": false },
        "plinth:network": { availabilityZones: 2, natGateways: "single", interfaceEndpoints: [] },
        "plinth:database": { readReplicas: 0, rotationDays: 0, finalSnapshot: false, ...(restored && { restored }) },
        "plinth:backup": backup,
    };
    checkout.write("Pulumi.prod.yaml", JSON.stringify({ config: values })); // which is YAML too
}

/** What a preview plans for the resources of AWS's, the providers among them: `update backup-plan`. */
async function planned(): Promise<string[]> {
    return ofAws(await checkout.steps("prod"));
}

/** Updates the stack, and says what that did to the resources of AWS's, as `planned` does. */
const comesUp = async () => ofAws((await checkout.update("prod")).steps);

const ofAws = (steps: Step[]) =>
    steps
        .filter(({ urn }) => urn.includes("aws:"))
        .map(({ op, name }) => `${op} ${name}`)
        .sort();

beforeAll(async () => {
    configure(withCopies);
    // Under the policy pack, with the configuration of a stack that nobody is called for.
    await checkout.succeed("up", "prod", "--skip-preview", "--policy-pack-config", "policy/config/staging.json");
});

describe("backups with copies in another region", () => {
    it("are where they belong: vault and key of the copies there, all else here", async () => {
        const { resources } = checkout.state("prod").deployment;
        const ofBackup = resources.filter(({ urn, type }) => /::backup-[^:]*$/.test(urn) && type.startsWith("aws:"));
        const regions = ofBackup.map(({ urn, outputs }) => {
            const [, , , inArn] = String(outputs.arn ?? outputs.backupVaultArn ?? "").split(":");
            return [urn.split("::").at(-1)?.startsWith("backup-eu-central-1"), inArn || "none"].join(" ");
        });
        // Roles and selections are of no region.
        expect(new Set(regions)).toEqual(new Set(["true eu-central-1", "false eu-west-1", "false none"]));
        const plan = ofBackup.find(({ type }) => type === "aws:backup/plan:Plan");
        expect(JSON.stringify(plan?.inputs.rules)).toContain(
            '"destinationVaultArn":"arn:aws:backup:eu-central-1:123456789012:backup-vault:plinth-prod-backup-eu-central-1"',
        );
    });

    it("change in place, but for the lock, which is there afterwards", async () => {
        configure({
            ...withCopies,
            startWindow: "08:00-10:00",
            dailyRetentionDays: 14,
            vaultLock: { minRetentionDays: 10 },
        });
        expect(await comesUp()).toEqual([
            "replace backup-eu-central-1-lock",
            "replace backup-vault-lock",
            "update backup-plan",
        ]);
    });
});

describe("what AWS Backup has made", () => {
    let [job, copy] = ["", ""];
    beforeAll(async () => {
        const printed = await checkout.succeed("backup", "prod");
        const [, here = "", there = ""] = printed.trim().split("\n");
        [job, copy] = [here, there].map((arn) => arn.split(":snapshot:")[1] ?? "") as [string, string];
        expect(here).toContain("arn:aws:rds:eu-west-1:");
        expect(there).toContain("arn:aws:rds:eu-central-1:");
    });

    it("takes a plan", async () => {
        const { code, output } = await checkout.run(["backup", "dev"]);
        expect([code, output]).toEqual([
            1,
            "error: dev has no backup plan: set plinth:backup and bring the stack up first\n",
        ]);
    });

    it("is no change of the stack, and can be restored in its own region", async () => {
        await checkout.isAsPlanned("prod");
        configure(withCopies, { name: "drill", restoreFrom: { snapshot: job } });
        expect(await planned()).toContain("create database-drill-primary");
        configure(withCopies, { name: "drill", restoreFrom: { snapshot: copy } });
        expect(await checkout.refused("prod")).toContain("DBSnapshotNotFound");
    });

    it("keeps its vaults and the database from being deleted, and nothing else is touched when backups are given up", async () => {
        configure(false);
        const steps = await planned();
        expect(steps.filter((step) => !/^delete (backup-|aws-eu-central-1$)/.test(step))).toEqual([]);
        expect(steps).toContain("delete backup-vault");
        const { code, output } = await checkout.run(["destroy", "prod", "--skip-preview"]);
        expect([code === 0, /InvalidRequestException.*because it contains recovery points/.test(output)]).toEqual([
            false,
            true,
        ]);
        // What a backup is restored with has to stay as well: above all the key.
        const { resources } = await checkout.account("prod");
        expect(resources.map(({ name }) => name)).toEqual(
            expect.arrayContaining(["backup-vault", "database-primary", "database-encryption-key"]),
        );
    });

    it("goes with the vaults where it is told to", async () => {
        configure({ ...withCopies, forceDestroy: true });
        await comesUp();
        await checkout.succeed("destroy", "prod", "--skip-preview");
        const { resources, retained } = await checkout.account("prod");
        expect(resources).toEqual([]);
        expect(retained.filter(({ id }) => id.startsWith("awsbackup:"))).toEqual([]);
    });
});
