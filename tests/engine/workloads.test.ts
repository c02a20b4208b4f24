import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout, type State } from "./checkout";

const ZONE = "Z0123456789ABCDEFGHIJ";

type Resource = State["deployment"]["resources"][number];
type Json = { [key: string]: Json } & Json[] & string;

const checkout = new Checkout();
let resources: Resource[];
afterAll(() => checkout.remove());

beforeAll(async () => {
    checkout.write(
        "Sandbox.dev.yaml",
        JSON.stringify({ preexisting: [{ type: "aws:route53/zone:Zone", id: ZONE, inputs: { name: "example.com" } }] }),
    );
    checkout.write(
        "Pulumi.dev.yaml",
        `${checkout.read("Pulumi.dev.yaml")}    ingress: { host: shop.example.com, hostedZoneId: ${ZONE}, waf: {} }\n  plinth:monitoring: {}\n`,
    );
    await checkout.succeed("up", "dev", "--skip-preview"); // under the policy pack
    resources = checkout.state("dev").deployment.resources;
});

const ofType = (type: string) => resources.filter((resource) => resource.type === type);
const objects = (type: string) =>
    Object.fromEntries(
        ofType(`kubernetes:${type}`).map(({ inputs }) => [(inputs as unknown as Json).metadata?.name, inputs]),
    ) as unknown as Record<string, Json>;

describe("seed 003's services, as they were registered", () => {
    const services = ["frontend", "backend", "sqs-worker"];

    it.each([
        ["frontend", 2, 8, "100m", "200m", "128Mi", "256Mi", 8080],
        ["backend", 2, 10, "250m", "500m", "256Mi", "512Mi", 8080],
        ["sqs-worker", 1, 5, "250m", "500m", "256Mi", "512Mi", undefined],
    ])("%s: %i to %i pods, %s to %s of a CPU, %s to %s of memory", (name, minimum, maximum, ...rest) => {
        const [cpuRequest, cpuLimit, memoryRequest, memoryLimit, port] = rest;
        const spec = objects("apps/v1:Deployment")[name]?.spec;
        const pod = spec?.template?.spec;
        const container = pod?.containers?.[0];
        // The autoscaler's to say.
        expect(spec).not.toHaveProperty("replicas");
        expect(spec?.strategy).toEqual({ type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } });
        expect(container?.resources).toEqual({
            requests: { cpu: cpuRequest, memory: memoryRequest },
            limits: { cpu: cpuLimit, memory: memoryLimit },
        });
        expect(container?.securityContext).toMatchObject({ readOnlyRootFilesystem: true, privileged: false });
        expect(pod?.topologySpreadConstraints?.[0]).toMatchObject({ topologyKey: "topology.kubernetes.io/zone" });
        const question = port && { path: "/", port: "http" };
        for (const probe of ["startupProbe", "readinessProbe", "livenessProbe"]) {
            expect(container?.[probe]?.httpGet).toEqual(question);
        }

        const scaler = objects("autoscaling/v2:HorizontalPodAutoscaler")[name]?.spec;
        expect(scaler).toMatchObject({ minReplicas: minimum, maxReplicas: maximum, scaleTargetRef: { name } });
        const targets = (scaler?.metrics ?? []).map(({ resource }) => [
            resource?.name,
            resource?.target?.averageUtilization,
        ]);
        expect(targets).toEqual([
            ["cpu", 70],
            ["memory", 80],
        ]);
        expect(objects("policy/v1:PodDisruptionBudget")[name]?.spec).toMatchObject({ maxUnavailable: 1 });
    });

    it("are each a Service where they serve, of the port that their pods serve, and reached from inside alone", () => {
        const serve = Object.entries(objects("core/v1:Service")).filter(([name]) => services.includes(name));
        expect(
            serve.map(([name, { spec }]) => [name, spec?.type, spec?.ports?.[0]?.port, spec?.ports?.[0]?.targetPort]),
        ).toEqual(
            expect.arrayContaining([
                ["frontend", "ClusterIP", 8080, 8080],
                ["backend", "ClusterIP", 8080, 8080],
            ]),
        );
        expect(serve).toHaveLength(2);
    });

    it("take their secrets by reference", () => {
        const env = objects("apps/v1:Deployment").backend?.spec?.template?.spec?.containers?.[0]?.env ?? [];
        expect(env.map((one) => [one.name, one.valueFrom?.secretKeyRef?.name, one.value])).toEqual([
            ["SQS_QUEUE_URL", undefined, expect.stringMatching(/^https:\/\/sqs\..*\/plinth-dev-orders$/)],
            ["DATABASE_URL", "platform-database", undefined],
            ["JWT_SECRET", "app-secrets", undefined],
        ]);
    });
});

it("lets each service do in AWS what it declared, and nothing else", () => {
    const rights = Object.fromEntries(
        ["frontend", "backend", "sqs-worker"].map((service) => {
            const role = `plinth-dev-cluster-${service}`;
            const attached = ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
            expect(attached.filter(({ inputs }) => inputs.role === role)).toEqual([]);
            const policies = ofType("aws:iam/rolePolicy:RolePolicy").filter(({ inputs }) => inputs.role === role);
            return [service, policies.flatMap(({ inputs }) => allowed(String(inputs.policy))).sort()];
        }),
    );
    const queue = "arn:aws:sqs:eu-west-1:123456789012:plinth-dev-orders";
    const key = ofType("aws:kms/key:Key").find(({ urn }) => urn.endsWith("::orders-encryption-key"))?.outputs.arn;
    const send = [`kms:Decrypt on ${key}`, `kms:GenerateDataKey on ${key}`, `sqs:SendMessage on ${queue}`];
    const consume = ["ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "ReceiveMessage"];
    expect(rights).toEqual({
        frontend: [],
        backend: send,
        "sqs-worker": [...send, ...consume.map((action) => `sqs:${action} on ${queue}`)].sort(),
    });
});

it("opens the declared paths and no other", () => {
    const paths = Object.fromEntries(
        Object.entries(objects("networking.k8s.io/v1:NetworkPolicy"))
            .filter(([name]) =>
                ["frontend", "backend", "sqs-worker", "postgres-exporter", "redis-exporter"].includes(name),
            )
            .map(([name, { spec }]) => [name, open(spec as Json)]),
    );
    const blocks = (kind: string) =>
        ["0", "1"].map((zone) => {
            const subnet = ofType("aws:ec2/subnet:Subnet").find(({ urn }) => urn.endsWith(`::network-${kind}-${zone}`));
            return String(subnet?.inputs.cidrBlock);
        });
    const dns = ["to kube-dns at TCP 53", "to kube-dns at UDP 53"];
    const aws = ["to 169.254.170.23/32 at TCP 80", "to 0.0.0.0/0 but 10.0.0.0/16 at TCP 443"];
    const balancer = blocks("public").map((block) => `from ${block} at TCP 8080`);
    const stores = (port: number) => blocks("isolated").map((block) => `to ${block} at TCP ${port}`);
    expect(paths).toEqual({
        frontend: [...balancer, ...dns].sort(),
        backend: [...balancer, ...dns, ...stores(5432), ...aws].sort(),
        "sqs-worker": [...dns, ...aws].sort(),
        "postgres-exporter": ["from prometheus at TCP 9187", ...dns, ...stores(5432)].sort(),
        "redis-exporter": ["from prometheus at TCP 9121", ...dns, ...stores(6379)].sort(),
    });
    // The nodes are burstable: database and cache let them in, once each for a service and the exporter, or the exporter alone.
    const nodes = ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").filter(({ urn }) =>
        urn.endsWith("-from-nodes"),
    );
    expect(nodes.map(({ inputs }) => inputs.fromPort).sort()).toEqual([5432, 6379]);
});

it("is watched by charts whose values hold no secret, and has the user for that made with the others", () => {
    const releases = Object.fromEntries(
        ofType("kubernetes:helm.sh/v3:Release").map(({ inputs }) => [inputs.name, inputs as unknown as Json]),
    );
    expect([releases.prometheus?.namespace, releases.grafana?.namespace]).toEqual(["monitoring", "monitoring"]);
    expect(releases.grafana?.values?.admin?.existingSecret).toBe("grafana-admin");
    // The engine marks each secret with a signature of its own.
    const values = JSON.stringify([releases.prometheus?.values, releases.grafana?.values]);
    expect(values).not.toContain("1b47061264138c4ac30d75fd1eb44270");
    const job = Object.entries(objects("batch/v1:Job")).find(([name]) => name.startsWith("make-roles"))?.[1];
    const variables = job?.spec?.template?.spec?.containers?.[0]?.env?.map(({ name }: Json) => String(name));
    expect(variables).toEqual(expect.arrayContaining(["MONITORING_USER", "MONITORING_PASSWORD"]));
});

it("is reached from the internet over TLS alone, under its host, past the firewall", () => {
    const [ingress] = ofType("kubernetes:networking.k8s.io/v1:Ingress");
    const { metadata, spec } = (ingress?.inputs ?? {}) as unknown as Json;
    const annotation = (key: string) => metadata?.annotations?.[`alb.ingress.kubernetes.io/${key}`];
    expect(annotation("ssl-policy")).toBe("ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09");
    expect(annotation("ssl-redirect")).toBe("443");
    expect(annotation("certificate-arn")).toMatch(/^arn:aws:acm:eu-west-1:123456789012:certificate\//);
    expect(annotation("wafv2-acl-arn")).toMatch(/:regional\/webacl\/plinth-dev-ingress\//);
    const rule = spec?.rules?.[0];
    expect(rule?.host).toBe("shop.example.com");
    expect(rule?.http?.paths?.map(({ path, backend }) => [path, backend?.service?.name])).toEqual([
        ["/api", "backend"],
        ["/", "frontend"],
    ]);
    const outputs = checkout.outputs("dev") as { ingress: { loadBalancerHost: string } };
    const record = ofType("aws:route53/record:Record").find(({ inputs }) => inputs.type === "A");
    expect(record?.inputs).toMatchObject({
        name: "shop.example.com",
        aliases: [{ name: outputs.ingress.loadBalancerHost, zoneId: "Z32O12XQLNTSW2" }],
    });
});

it("makes all pods anew for another configuration, and changes nothing else", async () => {
    checkout.edit(
        "Pulumi.dev.yaml",
        "plinth:workloads:\n",
        "plinth:workloads:\n    configuration: { LOG_LEVEL: debug }\n",
    );
    const planned = await checkout.steps("dev");
    expect(planned.map(({ op, name }) => `${op} ${name}`).sort()).toEqual([
        "update backend-deployment",
        "update frontend-deployment",
        "update sqs-worker-deployment",
        "update workloads-configuration",
    ]);
});

it("leaves nothing behind", async () => {
    await checkout.succeed("destroy", "dev", "--skip-preview");
    const { resources: left } = await checkout.account("dev");
    expect(left.map(({ type }) => type)).toEqual(["aws:route53/zone:Zone"]);
});

/** What a policy allows, as `action on resource`. */
function allowed(policy: string): string[] {
    const { Statement } = JSON.parse(policy) as {
        Statement: { Effect: string; Action: string | string[]; Resource: string | string[] }[];
    };
    return Statement.flatMap(({ Effect, Action, Resource }) =>
        [Action]
            .flat()
            .flatMap((action) =>
                [Resource].flat().map((one) => `${Effect === "Allow" ? "" : "never "}${action} on ${one}`),
            ),
    );
}

/** What a network policy opens, as `to 10.0.0.0/20 at TCP 443`. */
function open(spec: Json): string[] {
    expect(spec.policyTypes).toEqual(["Ingress", "Egress"]);
    const written = (word: string, rules: Json[], side: "from" | "to") =>
        rules.flatMap((rule) =>
            (rule[side] ?? []).flatMap(({ ipBlock, podSelector }: Json) => {
                const place = ipBlock
                    ? [ipBlock.cidr, ...(ipBlock.except ?? []).map((block: string) => `but ${block}`)].join(" ")
                    : Object.values(podSelector?.matchLabels ?? {}).join();
                return (rule.ports ?? []).map(({ protocol, port }: Json) => `${word} ${place} at ${protocol} ${port}`);
            }),
        );
    return [...written("from", spec.ingress ?? [], "from"), ...written("to", spec.egress ?? [], "to")].sort();
}
