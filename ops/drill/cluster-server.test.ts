import {
    CreateDBClusterCommand,
    CreateDBClusterSnapshotCommand,
    CreateDBInstanceCommand,
    DescribeDBClustersCommand,
    RDSClient,
} from "@aws-sdk/client-rds";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MotoServer, noMoto } from "../testing/moto";
import { clusterServer } from "./cluster-server";
import { drillTags, takeDown } from "./drill";

const moto = new MotoServer();
const source = "plinth-prod-database";
const tags = drillTags({ id: "0a1b2c3d", stack: "prod", source });

afterAll(() => moto.stop());

describe.skipIf(noMoto)(`the drill's Aurora cluster${noMoto && `, skipped: ${noMoto}`}`, () => {
    let rds: RDSClient;

    beforeAll(async () => {
        const { AWS_ENDPOINT_URL: endpoint } = await moto.start();
        const credentials = { accessKeyId: "test", secretAccessKey: "test" };
        rds = new RDSClient({ endpoint, region: "eu-west-1", credentials });
        const Engine = "aurora-postgresql";
        await rds.send(
            new CreateDBClusterCommand({
                ...{ DBClusterIdentifier: source, Engine, StorageEncrypted: true, DeletionProtection: true },
                ...{ MasterUsername: "platform_admin", MasterUserPassword: "no-secret-here" },
            }),
        );
        await rds.send(
            new CreateDBInstanceCommand({
                ...{ DBInstanceIdentifier: `${source}-1`, DBClusterIdentifier: source, Engine },
                DBInstanceClass: "db.r6g.large",
            }),
        );
        await rds.send(
            new CreateDBClusterSnapshotCommand({
                DBClusterIdentifier: source,
                DBClusterSnapshotIdentifier: "of-today",
            }),
        );
    });

    const clusters = async () =>
        (await rds.send(new DescribeDBClustersCommand({}))).DBClusters?.map(({ DBClusterIdentifier: id }) => id).sort();

    // moto names the snapshot that a new cluster makes by the minute, and keeps it: so each has a name of its own.
    it.each([
        [`${source}-drill`, { snapshot: "of-today" }],
        [`${source}-drill-2`, { latest: true as const }],
    ])("%s comes from %o, with an instance, and goes again", async (name, origin) => {
        const server = await clusterServer(rds, { source, name, origin });
        expect(await server.state()).toBeUndefined();
        await server.create(tags);
        // Twice, as after a kill: what is there is not made again.
        await server.create(tags);
        expect(await server.state()).toMatchObject({
            ...{ status: "available", tags, masterUser: "platform_admin" },
            facts: { class: "db.r6g.large", encrypted: true },
        });
        await server.setPassword("of-the-drill-alone");
        expect(await clusters()).toEqual([source, name]);
        await takeDown({ name, source, id: "another" }, { server, pollMilliseconds: 1 });
        expect(await clusters()).toEqual([source, name]);
        await takeDown({ name, source, id: "0a1b2c3d" }, { server, pollMilliseconds: 1 });
        expect([await server.state(), await clusters()]).toEqual([undefined, [source]]);
    });

    it("is completed where the instance alone is missing", async () => {
        const name = `${source}-drill-3`;
        const server = await clusterServer(rds, { source, name, origin: { snapshot: "of-today" } });
        await server.create(tags);
        await server.remove();
        expect(await server.state()).toMatchObject({ status: "incomplete" });
        await server.create(tags);
        expect(await server.state()).toMatchObject({ status: "available" });
        await takeDown({ name, source }, { server, pollMilliseconds: 1 });
    });

    it("never deletes the living one", async () => {
        const server = await clusterServer(rds, { source, name: source, origin: { latest: true } });
        await expect(takeDown({ name: source, source }, { server })).rejects.toThrow("it is the living one");
        expect(await clusters()).toEqual([source]);
    });
});
