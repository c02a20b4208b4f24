import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Application } from "../application/application";
import type { ApplicationArgs } from "../application/args";
import { Cache } from "../cache";
import type { SecretsCluster } from "../cluster";
import { Database, type DatabaseSpec } from "../database";
import { Queue } from "../queue";
import { type Registered, type Rehearsal, rehearse, settled } from "./mocks";
import { cacheSpec, databaseSpec, dataNetwork, platform, queueSpec } from "./specs";

export const migration = {
    ...{ image: "registry.example.com/backend:1.4.2", command: ["alembic", "upgrade", "head"] },
    ...{ timeoutSeconds: 600, retries: 2, run: 1 },
};

/** What is varied from the platform with everything in it. */
export interface Variation {
    spec?: Partial<ApplicationArgs>;
    database?: Partial<DatabaseSpec> | false;
    cache?: Partial<typeof cacheSpec> | false;
    queues?: string[];
    podSecurityGroups?: boolean;
}

const network = {
    vpcId: "vpc-1",
    cidrs: {
        vpc: "10.0.0.0/16",
        subnets: { public: ["10.0.0.0/24"], private: ["10.0.1.0/24"], isolated: ["10.0.2.0/24", "10.0.3.0/24"] },
        interfaceEndpoints: [],
    },
};

export function makeApplication(variation: Variation = {}, preview = false): Promise<Rehearsal<Application>> {
    const { spec, database = {}, cache = {}, queues = ["orders"], podSecurityGroups = false } = variation;
    return rehearse(preview, (options) => {
        const data = { platform, network: dataNetwork };
        return new Application(
            "workloads",
            {
                platform,
                network,
                cluster: cluster(podSecurityGroups, options),
                kubernetesVersion: "1.35",
                region: "eu-west-1",
                namespace: "app",
                configuration: { LOG_LEVEL: "info" },
                migration,
                databaseClientImage: "registry.example.com/postgres:17.6",
                imagePullSecrets: [],
                secretRefreshSeconds: 300,
                jwtSecretVersion: 1,
                keyDeletionWindowDays: 30,
                secretRecoveryWindowDays: 30,
                ...(database && {
                    database: new Database("database", { ...databaseSpec, ...data, ...database }, options),
                }),
                ...(cache && { cache: new Cache("cache", { ...cacheSpec, ...data, ...cache }, options) }),
                queues: Object.fromEntries(
                    queues.map((name) => [name, new Queue(name, { ...queueSpec, platform }, options)]),
                ),
                ...spec,
            },
            options,
        );
    });
}

function cluster(podSecurityGroups: boolean, options: pulumi.ComponentResourceOptions): SecretsCluster {
    return {
        clusterName: pulumi.output("shop-test"),
        kubernetes: new k8s.Provider("kubernetes", { kubeconfig: "{}" }),
        nodeSecurityGroupId: pulumi.output("sg-nodes"),
        podSecurityGroups,
        ready: [],
        logGroupName: (service) => `/shop-test/services/${service}`,
        secretReader: () => new aws.iam.Role("secret-reader", { assumeRolePolicy: "{}" }, options),
        identity: () => {
            throw new Error("nothing here has a role in AWS of its own");
        },
    };
}

let whole: Promise<Rehearsal<Application>> | undefined;
/** The platform with everything in it, made once. */
export function everything(): Promise<Rehearsal<Application>> {
    whole ??= makeApplication();
    return whole;
}

/** An object of Kubernetes', as far as the tests look into it. */
interface KubernetesObject {
    kind: string;
    metadata: { name: string; labels?: object; annotations?: Record<string, string> };
    spec: Record<string, unknown>;
    data: Record<string, string>;
}

/** The objects of a kind that were registered, by their names in the cluster. */
export async function objects(resources: Registered[], kind: string): Promise<Record<string, KubernetesObject>> {
    const found = resources.filter(({ inputs }) => inputs.kind === kind);
    const values = (await Promise.all(found.map(({ inputs }) => settled(inputs)))) as unknown as KubernetesObject[];
    return Object.fromEntries(values.map((value) => [value.metadata.name, value]));
}

/** The one object of a kind whose name begins so. */
export async function only(resources: Registered[], kind: string, begins: string): Promise<KubernetesObject> {
    const found = Object.values(await objects(resources, kind)).filter(({ metadata }) =>
        metadata.name.startsWith(begins),
    );
    const [object, ...others] = found;
    if (!object || others.length > 0) throw new Error(`${found.length} of kind ${kind} begin with ${begins}`);
    return object;
}

export const registered = (resources: Registered[], type: string) =>
    resources.filter((resource) => resource.type === type);

/** The variables of a Job's container that come from Secrets, as `secret.key`, and the others as they are. */
export async function environment(resources: Registered[], job: string): Promise<Record<string, string>> {
    const { spec } = await only(resources, "Job", job);
    const [container] = (spec.template as { spec: { containers: { env: Variable[] }[] } }).spec.containers;
    const entries = (container?.env ?? []).map(({ name, value = "", valueFrom }): [string, string] => [
        name,
        valueFrom ? `${valueFrom.secretKeyRef.name}.${valueFrom.secretKeyRef.key}` : value,
    ]);
    return Object.fromEntries(entries);
}

interface Variable {
    name: string;
    value?: string;
    valueFrom?: { secretKeyRef: { name: string; key: string } };
}
