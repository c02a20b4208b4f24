import * as aws from "@pulumi/aws";
import { beforeAll, expect, it } from "vitest";
import { Application } from "../application/application";
import type { SecretsCluster } from "../cluster";
import { Database } from "../database";
import { groupRulesOf, pathsOf } from "../testing/access";
import { inputsOf, type Rehearsal, rehearse, settled } from "../testing/mocks";
import { databaseProxySpec, databaseSpec, dataNetwork, platform } from "../testing/specs";
import { networkCidrs, serviceLogs, standInCluster, workloadSpec } from "../testing/workloads";
import { createServices } from "./services";

/** The server's port is another than the proxy's, so that it shows who is led where. */
const serverPort = 6000;
const network = { vpcId: "vpc-1", cidrs: networkCidrs, publicSubnetIds: ["subnet-a", "subnet-b"] };
const reaches = { ...workloadSpec.reaches, database: true };

/** A service, and a database behind a proxy that is made ready for it. */
function make(podSecurityGroups: boolean, readReplicas: number): Promise<Rehearsal<Database>> {
    return rehearse(false, (options) => {
        const spec = { ...databaseSpec, readReplicas, port: serverPort, proxy: databaseProxySpec };
        const database = new Database("database", { ...spec, platform, network: dataNetwork }, options);
        const cluster: SecretsCluster = {
            ...standInCluster(podSecurityGroups, options),
            secretReader: () => new aws.iam.Role("secret-reader", { assumeRolePolicy: "{}" }, options),
        };
        const migration = { image: "backend:1", command: ["migrate"], timeoutSeconds: 600, retries: 2, run: 1 };
        const application = new Application(
            "workloads",
            {
                ...{ platform, network, cluster, database, migration, queues: {} },
                ...{ kubernetesVersion: "1.35", region: "eu-west-1", namespace: "app", configuration: {} },
                ...{
                    databaseClientImage: "postgres:17",
                    imagePullSecrets: [],
                    secretRefreshSeconds: 300,
                    jwtSecretVersion: 1,
                },
                ...{ keyDeletionWindowDays: 30, secretRecoveryWindowDays: 30 },
            },
            options,
        );
        const services = { services: { backend: { ...workloadSpec, reaches } }, logs: serviceLogs };
        createServices(services, { platform, cluster, network, application, database, queues: {} }, options);
        return database;
    });
}

let alone: Rehearsal<Database>;
let withReplica: Rehearsal<Database>;
beforeAll(async () => {
    alone = await make(true, 0);
    withReplica = await make(true, 1);
}, 30_000);

const proxy = "database-proxy.example.internal";
const replica = "database-replica-1.example.internal";
const primary = "database-primary.example.internal";
const credentials = '{{ .username | urlquery | replace "+" "%20" }}:{{ .password | urlquery | replace "+" "%20" }}';

/** The variables of a Job, as they stand in its container or in a Secret. */
async function variables({ resources }: Rehearsal<Database>, job: string): Promise<Record<string, unknown>> {
    const spec = (await settled(inputsOf(resources, job).spec)) as {
        template: {
            spec: {
                containers: {
                    env: { name: string; value?: string; valueFrom?: { secretKeyRef: { key: string } } }[];
                }[];
            };
        };
    };
    const { env = [] } = spec.template.spec.containers[0] ?? {};
    return Object.fromEntries(env.map(({ name, value, valueFrom }) => [name, value ?? valueFrom?.secretKeyRef.key]));
}

async function template({ resources }: Rehearsal<Database>): Promise<Record<string, string>> {
    const { target } = (await settled(inputsOf(resources, "workloads-external-secrets-database-secret").spec)) as {
        target: { template: { data: Record<string, string> } };
    };
    return target.template.data;
}

it("tells services of the proxy", async () => {
    expect(await settled(inputsOf(alone.resources, "workloads-configuration").data)).toMatchObject({
        ...{ DATABASE_HOST: proxy, DATABASE_PORT: "5432" },
        ...{ DATABASE_READER_HOST: proxy, DATABASE_READER_PORT: "5432" },
    });
    const url = (endpoint: string) =>
        `postgresql://${credentials}@${endpoint}/{{ .dbname | urlquery | replace "+" "%20" }}?sslmode=require`;
    expect(await template(alone)).toMatchObject({
        ...{ DATABASE_HOST: proxy, DATABASE_PORT: "5432" },
        DATABASE_URL: url(`${proxy}:5432`),
        DATABASE_READER_URL: url(`${proxy}:5432`),
        DATABASE_SERVER_URL: url("{{ .host }}:{{ .port }}"),
    });
    expect((await template(withReplica)).DATABASE_READER_URL).toBe(url(`${replica}:6000`));
});

it("tells the Jobs of the server behind it", async () => {
    expect(await variables(alone, "workloads-database-make-roles")).toMatchObject({ PGHOST: primary, PGPORT: "6000" });
    expect(await variables(alone, "workloads-database-migrate")).toMatchObject({
        ...{ DATABASE_HOST: primary, DATABASE_PORT: "6000" },
        DATABASE_URL: "DATABASE_SERVER_URL",
    });
});

const isolated = (port: number) => [`to 10.0.144.0/23 at TCP ${port}`, `to 10.0.146.0/23 at TCP ${port}`];

it("opens to services the proxy, and the server only where replicas are reached past the proxy", async () => {
    const opened = async ({ resources }: Rehearsal<Database>, pods: string) => {
        // Not the namespace's own, which select all pods.
        const paths = await pathsOf(resources.filter(({ name }) => name.endsWith("-network-policy")));
        return (paths[pods] ?? []).filter((path) => /at TCP (5432|6000)$/.test(path));
    };
    expect(await opened(alone, "backend")).toEqual(isolated(5432));
    expect(await opened(alone, "database-jobs")).toEqual(isolated(6000));
    expect(await opened(withReplica, "backend")).toEqual([...isolated(5432), ...isolated(6000)].sort());
});

it("lets each pod's group in where its paths lead, and out to nothing else", async () => {
    const rules = async ({ resources }: Rehearsal<Database>, group: string) =>
        (await groupRulesOf(resources)).filter((rule) => rule.includes(group) && /tcp (5432|6000)$/.test(rule));
    const [backend, jobs] = ["backend-security-group-group-id", "workloads-database-security-group-group-id"];
    const both = (group: string, store: string, port: number) => [
        `${store} takes from ${group} at tcp ${port}`,
        `${group} may reach ${store} at tcp ${port}`,
    ];
    const [atProxy, atServer] = ["database-proxy-access-security-group-id", "database-access-security-group-id"];
    expect(await rules(alone, backend)).toEqual(both(backend, atProxy, 5432).sort());
    expect(await rules(alone, jobs)).toEqual(both(jobs, atServer, 6000).sort());
    expect(await rules(withReplica, backend)).toEqual(
        [...both(backend, atProxy, 5432), ...both(backend, atServer, 6000)].sort(),
    );
});

it("names ways out by where they lead, so that a proxy that comes or goes takes none for another", () => {
    const named = ({ resources }: Rehearsal<Database>) =>
        resources.map(({ name }) => name).filter((name) => /^backend-security-group-database.*-egress$/.test(name));
    expect(named(alone)).toEqual(["backend-security-group-database-proxy-egress"]);
    expect(named(withReplica).sort()).toEqual([
        "backend-security-group-database-egress",
        "backend-security-group-database-proxy-egress",
    ]);
});

it("lets the nodes in to both, each once, where pods have no groups of their own", async () => {
    const { made, resources } = await make(false, 1);
    expect((await groupRulesOf(resources)).filter((rule) => rule.includes("takes from sg-nodes"))).toEqual([
        "database-access-security-group-id takes from sg-nodes at tcp 6000",
        "database-proxy-access-security-group-id takes from sg-nodes at tcp 5432",
    ]);
    expect(made.accessGrants.map(({ client, port }) => `${client} ${port}`)).toEqual([
        "proxy 6000",
        "nodes 6000",
        "nodes 5432",
    ]);
});
