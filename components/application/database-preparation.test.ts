import { describe, expect, it } from "vitest";
import {
    environment,
    everything,
    makeApplication,
    migration,
    objects,
    only,
    registered,
    type Variation,
} from "../testing/application";
import { migrationName } from "./migration";

describe("the database", () => {
    it("is prepared in order: its users, then the migration, then whatever waits for all of it", async () => {
        const { made, resources } = await everything();
        const [roles, migrate] = registered(resources, "kubernetes:batch/v1:Job");
        expect([roles?.name, migrate?.name]).toEqual(["workloads-database-make-roles", "workloads-database-migrate"]);
        expect(roles?.options.dependsOn).toEqual(
            expect.arrayContaining(made.ready.filter((one) => one !== roles?.resource && one !== migrate?.resource)),
        );
        expect(migrate?.options.dependsOn).toContain(roles?.resource);
        expect(made.ready).toEqual(expect.arrayContaining([roles?.resource, migrate?.resource]));
    });

    it("has its users made from the credentials of now, and not before services can have them", async () => {
        const { resources } = await everything();
        const secret = (await only(resources, "ExternalSecret", "make-roles")).metadata.name;
        expect(secret).toMatch(/^make-roles-[0-9a-f]{8}$/);
        expect(await environment(resources, "make-roles")).toEqual({
            HOME: "/tmp",
            PGHOST: "database-primary.example.internal",
            PGPORT: "5432",
            PGDATABASE: "app",
            PGCONNECT_TIMEOUT: "10",
            PGSSLMODE: "require",
            PGUSER: `${secret}.masterUser`,
            PGPASSWORD: `${secret}.masterPassword`,
            APPLICATION_USER: `${secret}.applicationUser`,
            APPLICATION_PASSWORD: `${secret}.applicationPassword`,
            READ_ONLY_USER: `${secret}.readOnlyUser`,
            READ_ONLY_PASSWORD: `${secret}.readOnlyPassword`,
            PUBLISHED_PASSWORD: "platform-database.DATABASE_PASSWORD",
        });
    });

    it("is known by its certificate where its authorities are given", async () => {
        const authorities = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
        const { resources } = await makeApplication({ database: { authorities } });
        expect(await environment(resources, "make-roles")).toMatchObject({
            PGSSLMODE: "verify-full",
            PGSSLROOTCERT: "/authorities/authorities.pem",
        });
        const mysql = await makeApplication({
            database: { engine: "mysql", engineVersion: "8.4", port: 3306, authorities },
        });
        expect(await environment(mysql.resources, "make-roles")).toMatchObject({
            SSL_MODE: "VERIFY_IDENTITY",
            CA_FILE: "/authorities/authorities.pem",
            MASTER_USER: expect.stringMatching(/^make-roles-[0-9a-f]{8}.masterUser$/),
        });
        expect((await only(mysql.resources, "ConfigMap", "database-authorities")).data).toEqual({
            "authorities.pem": authorities,
        });
    });

    it("is migrated once for each change of what is to be run", () => {
        const changes = [{}, { image: "registry.example.com/backend:1.4.3" }, { run: 2 }, { command: ["true"] }];
        const names = changes.map((change) => migrationName({ ...migration, ...change }));
        expect(new Set(names).size).toBe(changes.length);
        expect(names[0]).toBe(migrationName({ ...migration }));
        for (const name of names) expect(name).toMatch(/^migrate-[0-9a-f]{8}$/);
    });

    it("is migrated with the variables that services have, and can be by hand", async () => {
        const { resources } = await everything();
        const { spec } = await only(resources, "Job", "migrate");
        expect(spec).toMatchObject({ backoffLimit: 2, activeDeadlineSeconds: 600 });
        expect(spec).toMatchObject({
            template: {
                spec: {
                    containers: [
                        {
                            ...{ image: migration.image, command: migration.command },
                            envFrom: [
                                { configMapRef: { name: "app-config" } },
                                { secretRef: { name: "platform-database" } },
                            ],
                        },
                    ],
                },
            },
        });
        const byHand = await only(resources, "CronJob", "ad-hoc-migration");
        expect(byHand.spec).toMatchObject({ suspend: true, jobTemplate: { spec } });
    });

    it("has its users made without a migration too; without a database there is no Job at all", async () => {
        const none = { migration: undefined };
        const jobs = async (variation: Variation) =>
            Object.keys(await objects((await makeApplication(variation)).resources, "Job"));
        expect(await jobs({ spec: none })).toEqual([expect.stringMatching(/^make-roles-/)]);
        expect(await jobs({ spec: none, database: false })).toEqual([]);
    });

    it("is reached by the Jobs through their nodes' group, or a group of their own, and by nothing else of theirs", async () => {
        const sources = async (podSecurityGroups: boolean) => {
            const { resources } = await makeApplication({ podSecurityGroups });
            const names = registered(resources, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").map(
                ({ name }) => name,
            );
            const { spec } = await only(resources, "NetworkPolicy", "database-jobs");
            expect(spec).toMatchObject({
                podSelector: { matchLabels: { "app.kubernetes.io/name": "database-jobs" } },
                ingress: [],
                egress: [
                    { ports: [{ port: 53 }, { port: 53 }] },
                    {
                        to: [{ ipBlock: { cidr: "10.0.2.0/24" } }, { ipBlock: { cidr: "10.0.3.0/24" } }],
                        ports: [{ port: 5432 }],
                    },
                ],
            });
            return names.filter((name) => name.startsWith("database-access-from-"));
        };
        expect(await sources(false)).toEqual(["database-access-from-client-group", "database-access-from-nodes"]);
        expect(await sources(true)).toEqual([
            "database-access-from-client-group",
            "database-access-from-database-jobs",
        ]);
    });
});

describe("the pods of the Jobs", () => {
    it.each(["make-roles", "migrate"])("may do no more than Pod Security restricted lets them: %s", async (job) => {
        const { spec } = await only((await everything()).resources, "Job", job);
        expect(spec).toMatchObject({
            template: {
                spec: {
                    ...{
                        automountServiceAccountToken: false,
                        serviceAccountName: "database-jobs",
                        restartPolicy: "Never",
                    },
                    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
                    containers: [
                        {
                            securityContext: {
                                allowPrivilegeEscalation: false,
                                capabilities: { drop: ["ALL"] },
                                readOnlyRootFilesystem: true,
                            },
                        },
                    ],
                },
            },
        });
    });
});
