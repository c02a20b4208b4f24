import { rmSync } from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Account } from "../../sandbox/account/account";
import { clusterEntity, ENDPOINT, kubeconfigFor } from "../../sandbox/providers/kubernetes/testing";
import { Checkout } from "./checkout";

const checkout = new Checkout();
afterAll(() => checkout.remove());

const ACCOUNTS = path.join(checkout.directory, ".sandbox/world/accounts");
const TOKEN = "a-token-that-nobody-may-read";

/** A program of its own: a namespace, a migration, and a service behind an Ingress that waits for it. */
const PROGRAM = `
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

const tag = new pulumi.Config("app").require("tag");
const provider = new k8s.Provider("cluster", { kubeconfig: pulumi.secret(${JSON.stringify(kubeconfigFor(ENDPOINT))}) });
const options = { provider };
const controller = new k8s.helm.v3.Release("controller", {
    chart: "aws-load-balancer-controller", version: "1.14.0", namespace: "kube-system",
    repositoryOpts: { repo: "https://aws.github.io/eks-charts" }, values: { clusterName: "test" },
}, options);
const namespace = new k8s.core.v1.Namespace("app", {
    metadata: { name: "app", labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
}, options).metadata.name;
const secret = new k8s.core.v1.Secret("app", { metadata: { namespace }, stringData: { TOKEN: "${TOKEN}" } }, options);
const config = new k8s.core.v1.ConfigMap("app", { metadata: { namespace }, data: { TAG: tag } }, options);
const container = {
    name: "app", image: \`registry.example.com/app:\${tag}\`,
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    envFrom: [{ secretRef: { name: secret.metadata.name } }, { configMapRef: { name: config.metadata.name } }],
    ports: [{ name: "http", containerPort: 8080 }],
};
const spec = { securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } }, containers: [container] };
const migration = new k8s.batch.v1.Job("migrate", {
    metadata: { name: "migrate", namespace }, spec: { backoffLimit: 0, template: { spec: { ...spec, restartPolicy: "Never" } } },
}, options);
const labels = { app: "web" };
const deployment = new k8s.apps.v1.Deployment("web", {
    metadata: { name: "web", namespace },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
}, { ...options, dependsOn: migration });
const service = new k8s.core.v1.Service("web", {
    metadata: { name: "web", namespace }, spec: { selector: labels, ports: [{ port: 80, targetPort: "http" }] },
}, options);
const ingress = new k8s.networking.v1.Ingress("web", {
    metadata: { name: "web", namespace },
    spec: {
        ingressClassName: "alb",
        rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: service.metadata.name, port: { number: 80 } } } }] } }],
    },
}, { ...options, dependsOn: controller });
export = {
    ready: deployment.status.readyReplicas,
    host: ingress.status.loadBalancer.ingress[0].hostname,
    token: secret.data.apply((data) => data.TOKEN),
};
`;

const write = (tag: string) => checkout.write("Pulumi.dev.yaml", JSON.stringify({ config: { "app:tag": tag } }));
/** Without the policy pack, for which this program is too plain. */
const pulumi = (command: string, ...flags: string[]) => ["pulumi", command, "--stack", "dev", ...flags];
const tell = (told: unknown) => checkout.write("Sandbox.dev.yaml", JSON.stringify(told));

beforeAll(async () => {
    await checkout.succeed("pulumi", "stack", "init", "dev");
    checkout.write("stacks/index.ts", PROGRAM);
    write("v1");
    new Account(ACCOUNTS, "dev").put(clusterEntity(ENDPOINT));
});

describe("a program over an emulated cluster", () => {
    it("is previewed on a fresh stack, and says what would be turned away", async () => {
        expect(await checkout.succeed(...pulumi("preview"))).toMatch(/\+ 10 to create/);
        checkout.edit("stacks/index.ts", "allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true");
        const { code, output } = await checkout.run(pulumi("preview"));
        checkout.write("stacks/index.ts", PROGRAM);
        expect(code).not.toBe(0);
        expect(output).toContain(
            'violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "app" must set',
        );
    });

    it("comes up but for the job that is told to fail, and with it once it is another", async () => {
        tell({ failingJobs: ["app/migrate"] });
        const { code, output } = await checkout.run(pulumi("up", "--yes", "--skip-preview"));
        expect(code).not.toBe(0);
        expect(output).toContain("Job has reached the specified backoff limit (BackoffLimitExceeded)");
        const there = (await checkout.account("dev")).resources.map(({ type, id }) => `${type} ${id}`);
        expect(there).toContain("kubernetes:batch/v1:Job app/migrate");
        expect(there).not.toContain("kubernetes:apps/v1:Deployment app/web");

        tell({});
        write("v2");
        const up = await checkout.succeed(...pulumi("up", "--yes", "--skip-preview"));
        expect(up).toMatch(
            /kubernetes:batch\/v1:Job\s+migrate\s+(deleted original|created replacement|replaced|deleting original)/,
        );
    });

    it("is clean afterwards, with what the controllers say", async () => {
        await checkout.isAsPlanned("dev");
        const outputs: unknown = JSON.parse(
            await checkout.succeed("pulumi", "stack", "output", "--stack", "dev", "--json"),
        );
        expect(outputs).toEqual({
            ready: 1,
            host: expect.stringMatching(/^k8s-.*\.eu-west-1\.elb\.amazonaws\.com$/),
            token: "[secret]",
        });
    });

    it("keeps secrets out of the account and of the state", () => {
        const encoded = Buffer.from(TOKEN).toString("base64");
        for (const file of [
            ".sandbox/world/accounts/dev.jsonl",
            ".sandbox/world/state/.pulumi/stacks/plinth/dev.json",
        ]) {
            const text = checkout.read(file);
            expect(text).not.toContain(TOKEN);
            expect(text).not.toContain(encoded);
        }
    });

    it("goes when it is destroyed, but not once its cluster is gone", async () => {
        const account = new Account(ACCOUNTS, "dev");
        const { type, id } = clusterEntity(ENDPOINT);
        account.remove(type, id);
        const { code, output } = await checkout.run(["destroy", "dev", "--skip-preview"]);
        expect(code).not.toBe(0);
        expect(output).toMatch(/configured Kubernetes cluster is unreachable.*connection refused/);

        account.put(clusterEntity(ENDPOINT));
        rmSync(path.join(checkout.directory, "Sandbox.dev.yaml"));
        await checkout.succeed("destroy", "dev", "--skip-preview");
        expect((await checkout.account("dev")).resources.map((one) => one.type)).toEqual([type]);
    });
});
