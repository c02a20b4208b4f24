import type { Example, Figure } from "../example";
import { admitted, egressOf, graphs, logGroup, threshold, yes } from "../read";
import type { StackView } from "../stack-view";

const server = "database-primary";
const zones = [0, 1];
const container = (service: string) => [`${service}-deployment`, "spec", "template", "spec", "containers", 0] as const;

/** A property of the subnets of a kind, in the order of the zones. */
function subnets(stack: StackView, kind: string, key: string): string {
    return zones.map((zone) => stack.text(`network-${kind}-${zone}`, key)).join(", ");
}

function replicas(stack: StackView, service: string): string {
    const spec = [`${service}-autoscaler`, "spec"] as const;
    return `${stack.text(...spec, "minReplicas")} to ${stack.text(...spec, "maxReplicas")}`;
}

function resources(stack: StackView, service: string): string {
    const amount = (kind: string, what: string) => stack.text(...container(service), "resources", kind, what);
    return `${amount("requests", "memory")}-${amount("limits", "memory")}, ${amount("requests", "cpu")}-${amount("limits", "cpu")}`;
}

function scaling(stack: StackView, service: string): string {
    return stack
        .list(`${service}-autoscaler`, "spec", "metrics")
        .map(({ resource }) => resource as { name: string; target: { averageUtilization: number } })
        .map(({ name, target }) => `${name} ${target.averageUtilization} %`)
        .join(", ");
}

function probes(stack: StackView, service: string): string {
    const found = ["startup", "liveness", "readiness"].filter((kind) =>
        stack.value(...container(service), `${kind}Probe`),
    );
    return found.join(", ") || "none";
}

/** The environment variables that a service gets by itself, besides those of the ConfigMap. */
function variables(stack: StackView, service: string): string {
    return stack
        .list(...container(service), "env")
        .map(({ name }) => name)
        .sort()
        .join(", ");
}

function image(stack: StackView, service: string): string {
    return stack.text(...container(service), "image").replace(/^.*-registry-/, "");
}

function rollout(stack: StackView, what: string): string {
    return stack.text("backend-deployment", "spec", "strategy", "rollingUpdate", what);
}

function routes(stack: StackView): string {
    const [rule] = stack.list("ingress-ingress", "spec", "rules");
    const http = rule?.http as { paths: { path: string; backend: { service: { name: string } } }[] } | undefined;
    return (http?.paths ?? [])
        .map(({ path, backend }) => `${path} to ${backend.service.name}`)
        .sort()
        .join(", ");
}

function policies(stack: StackView, role: string): string {
    return stack
        .named("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
        .filter((name) => name.startsWith(role))
        .map((name) => stack.text(name, "policyArn").replace(/^.*policy\//, ""))
        .sort()
        .join(", ");
}

function actionsOn(stack: StackView, service: string): string {
    const { Statement: statements } = stack.json(`${service}-queues`, "policy") as {
        Statement: { Action: string[] }[];
    };
    return (statements[0]?.Action ?? []).map((action) => action.replace("sqs:", "")).join(", ");
}

function nodeGroups(stack: StackView): string[] {
    return stack.named("aws:eks/nodeGroup:NodeGroup");
}

const network: Figure[] = [
    { what: "region", says: "us-east-1", makes: (stack) => stack.text("aws", "region") },
    { what: "VPC", says: "10.0.0.0/16", makes: (stack) => stack.text("network-vpc", "cidrBlock") },
    { what: "zones", says: "us-east-1a, us-east-1b", makes: (stack) => subnets(stack, "private", "availabilityZone") },
    {
        what: "public subnets",
        says: "10.0.1.0/24, 10.0.2.0/24",
        makes: (stack) => subnets(stack, "public", "cidrBlock"),
    },
    {
        what: "private subnets",
        says: "10.0.101.0/24, 10.0.102.0/24",
        makes: (stack) => subnets(stack, "private", "cidrBlock"),
    },
    {
        what: "subnets of the database",
        says: "the private ones",
        makes: (stack) => subnets(stack, "isolated", "cidrBlock"),
        because: "it has some of its own, without a route out",
    },
    { what: "NAT gateways", says: "2", makes: (stack) => String(stack.count("aws:ec2/natGateway:NatGateway")) },
    {
        what: "internet gateways",
        says: "1",
        makes: (stack) => String(stack.count("aws:ec2/internetGateway:InternetGateway")),
    },
    {
        what: "public subnets' way out",
        says: "the internet gateway",
        makes: (stack) => (stack.value("network-public-default-route", "gatewayId") ? "the internet gateway" : "none"),
    },
    {
        what: "private subnets' way out",
        says: "a NAT gateway",
        makes: (stack) =>
            zones.every((zone) => stack.value(`network-private-${zone}-default-route`, "natGatewayId"))
                ? "a NAT gateway"
                : "none",
    },
    {
        what: "API of the cluster, from the internet",
        says: "443",
        makes: (stack) => (stack.value("cluster-control-plane-eks", "endpointPublicAccess") === true ? "443" : "no"),
        because: "`cluster.publicAccessCidrs` opens it to addresses that are named",
    },
    {
        what: "into the database",
        says: "5432 from nodes",
        makes: (stack) => admitted(stack, "database-access"),
        because: "5432 is PostgreSQL's port, and MySQL's is 3306; the client group has no members yet",
    },
    { what: "out of the database", says: "nothing", makes: (stack) => egressOf(stack, "database-access") },
    {
        what: "into the load balancer",
        says: "80, 443 from 0.0.0.0/0",
        makes: (stack) => {
            const annotations = stack.value("ingress-ingress", "metadata", "annotations") as Record<string, string>;
            const ports = JSON.parse(annotations["alb.ingress.kubernetes.io/listen-ports"] ?? "[]") as Record<
                string,
                number
            >[];
            return `${ports.flatMap((port) => Object.values(port)).join(", ")} from ${annotations["alb.ingress.kubernetes.io/inbound-cidrs"]}`;
        },
    },
    {
        what: "nodes from the control plane",
        says: "1025-65535",
        makes: (stack) => {
            const rule = "cluster-control-plane-eks-eksNodeClusterIngressRule";
            return `${stack.text(rule, "fromPort")}-${stack.text(rule, "toPort")}`;
        },
        onEngine: "1025-65535",
    },
    {
        what: "out of the control plane",
        says: "everything",
        makes: (stack) =>
            stack.text("cluster-control-plane-eks-eksClusterInternetEgressRule", "protocol") === "-1"
                ? "everything"
                : "less",
        onEngine: "everything",
    },
    {
        what: "out of the nodes",
        says: "everything",
        makes: (stack) =>
            stack.text("cluster-control-plane-eks-eksNodeInternetEgressRule", "protocol") === "-1"
                ? "everything"
                : "less",
        onEngine: "everything",
    },
];

const platform: Figure[] = [
    {
        what: "Kubernetes",
        says: "1.28",
        makes: (stack) => stack.text(nodeGroups(stack)[0] ?? "", "version"),
        because: "1.28 can no longer be created",
    },
    {
        what: "nodes' type",
        says: "t3.medium",
        makes: (stack) => stack.text(nodeGroups(stack)[0] ?? "", "instanceTypes"),
    },
    {
        what: "nodes",
        says: "1 to 4",
        makes: (stack) =>
            `${nodeGroups(stack).reduce((sum, name) => sum + Number(stack.value(name, "scalingConfig", "minSize")), 0)} to ${stack.text("cluster-charts-cluster-autoscaler", "values", "extraArgs", "max-nodes-total")}`,
    },
    {
        what: "node groups",
        says: "1",
        makes: (stack) => String(nodeGroups(stack).length),
        because: "one in each zone, so that volumes find their zone; together they have the nodes above",
    },
    {
        what: "database",
        says: "MySQL",
        makes: (stack) => `${stack.text(server, "engine")} ${stack.text(server, "engineVersion")}`,
        because: "the long-term release; 8.0 had its last day on 2026-07-31",
    },
    { what: "class", says: "db.t3.micro", makes: (stack) => stack.text(server, "instanceClass") },
    { what: "standby in another zone", says: "no", makes: (stack) => yes(stack.value(server, "multiAz")) },
    { what: "days of backups", says: "7", makes: (stack) => stack.text(server, "backupRetentionPeriod") },
    {
        what: "queue",
        says: "standard",
        makes: (stack) => (stack.value("orders-queue", "fifoQueue") === true ? "FIFO" : "standard"),
    },
    {
        what: "seconds until a message is visible again",
        says: "300",
        makes: (stack) => stack.text("orders-queue", "visibilityTimeoutSeconds"),
    },
    { what: "dead-letter queue", says: "yes", makes: (stack) => yes(stack.has("orders-dead-letter")) },
    {
        what: "attempts before it",
        says: "not said",
        makes: (stack) =>
            String((stack.json("orders-redrive", "redrivePolicy") as { maxReceiveCount: number }).maxReceiveCount),
        because: "what has failed three times is for a person to look at",
    },
    {
        what: "repositories",
        says: "backend, frontend",
        makes: (stack) =>
            stack
                .named("aws:ecr/repository:Repository")
                .map((name) => name.replace("registry-", ""))
                .sort()
                .join(", "),
        onEngine: "backend, frontend",
    },
    {
        what: "images kept",
        says: "10",
        makes: (stack) => stack.text("registry-backend", "policy", "rules", 0, "selection", "countNumber"),
        onEngine: "10",
    },
    {
        what: "images scanned",
        says: "yes",
        makes: (stack) => yes(stack.value("registry-backend", "imageScanningConfiguration", "scanOnPush")),
        onEngine: "yes",
    },
    {
        what: "encrypted: database, queue, repositories",
        says: "database",
        makes: (stack) =>
            [
                yes(stack.value(server, "storageEncrypted")),
                yes(stack.value("orders-queue", "kmsMasterKeyId") !== undefined),
                yes(stack.value("registry-backend", "encryptionConfigurations", 0, "kmsKey") !== undefined),
            ].join(", "),
        onEngine: "yes, yes, yes",
        because: "all that can be, each with a key of its own",
    },
];

const services: Figure[] = [
    { what: "namespace", says: "devops-ppp", makes: (stack) => stack.text("workloads-namespace", "metadata", "name") },
    {
        what: "ConfigMap",
        says: "app-config",
        makes: (stack) => stack.text("workloads-configuration", "metadata", "name"),
    },
    {
        what: "Secret",
        says: "app-secrets",
        makes: (stack) => stack.text("workloads-external-secrets-application-secret", "metadata", "name"),
    },
    {
        what: "keys in it",
        says: "DATABASE_URL, JWT_SECRET, SQS_QUEUE_URL",
        makes: (stack) =>
            stack
                .list("workloads-external-secrets-application-secret", "spec", "data")
                .map(({ secretKey }) => secretKey)
                .join(", "),
        because: "DATABASE_URL is in `platform-database`, which a rotation renews, and SQS_QUEUE_URL is no secret",
    },
    ...(
        [
            ["frontend", "2 to 8", "128Mi-256Mi, 100m-200m", "frontend:latest"],
            ["backend", "2 to 10", "256Mi-512Mi, 250m-500m", "backend:latest"],
            ["sqs-worker", "1 to 5", "256Mi-512Mi, 250m-500m", "backend:latest"],
        ] as const
    ).flatMap(([service, count, amounts, tag]): Figure[] => [
        { what: `${service}: replicas`, says: count, makes: (stack) => replicas(stack, service) },
        { what: `${service}: memory and CPU`, says: amounts, makes: (stack) => resources(stack, service) },
        { what: `${service}: scales at`, says: "cpu 70 %, memory 80 %", makes: (stack) => scaling(stack, service) },
        {
            what: `${service}: image`,
            says: tag,
            makes: (stack) => image(stack, service),
            because: "a tag names one image for ever, and `latest` is refused",
        },
    ]),
    {
        what: "frontend: probes",
        says: "liveness, readiness",
        makes: (stack) => probes(stack, "frontend"),
        because: "a slow start is no reason to restart",
    },
    { what: "sqs-worker: probes", says: "none", makes: (stack) => probes(stack, "sqs-worker") },
    {
        what: "sqs-worker: command",
        says: "node dist/server/src/workers/sqs-worker.js",
        makes: (stack) => stack.text(...container("sqs-worker"), "command").replaceAll(", ", " "),
    },
    {
        what: "backend: variables",
        says: "DATABASE_URL, JWT_SECRET, SQS_QUEUE_URL",
        makes: (stack) => variables(stack, "backend"),
    },
    {
        what: "sqs-worker: variables",
        says: "SQS_QUEUE_URL, AWS_REGION",
        makes: (stack) => variables(stack, "sqs-worker"),
        because: "AWS_REGION is in app-config, which every service has",
    },
    {
        what: "frontend's Service",
        says: "frontend-service, LoadBalancer",
        makes: (stack) =>
            `${stack.text("frontend-service", "metadata", "name")}, ${stack.text("frontend-service", "spec", "type")}`,
        because: "the load balancer of the Ingress is the only way in",
    },
    {
        what: "backend's Service",
        says: "backend-service, ClusterIP",
        makes: (stack) =>
            `${stack.text("backend-service", "metadata", "name")}, ${stack.text("backend-service", "spec", "type")}`,
        because: "a Service has the name of its service",
    },
    {
        what: "sqs-worker's service account",
        says: "sqs-consumer, IRSA",
        makes: (stack) =>
            `${stack.text("sqs-worker-service-account", "metadata", "name")}, ${stack.has("cluster-sqs-worker-identity-association") ? "Pod Identity" : "none"}`,
        because: "Pod Identity took IRSA's place: the role names cluster, namespace and account",
    },
    {
        what: "routes",
        says: "/ to frontend-service, /api to backend-service",
        makes: routes,
        because: "the Services' names, as above",
    },
    {
        what: "Ingress controller",
        says: "NGINX",
        makes: (stack) => stack.text("ingress-ingress", "spec", "ingressClassName"),
        because: "ingress-nginx is retired; AWS's own controller makes a load balancer",
    },
    { what: "surge of a rollout", says: "1", makes: (stack) => rollout(stack, "maxSurge") },
    { what: "unavailable in a rollout", says: "0", makes: (stack) => rollout(stack, "maxUnavailable") },
    {
        what: "runs as root",
        says: "no",
        makes: (stack) =>
            yes(
                stack.value("backend-deployment", "spec", "template", "spec", "securityContext", "runAsNonRoot") !==
                    true,
            ),
    },
    {
        what: "root file system",
        says: "not said",
        makes: (stack) =>
            stack.value(...container("backend"), "securityContext", "readOnlyRootFilesystem") === true
                ? "read-only"
                : "writable",
        because: "Pod Security `restricted`, and more",
    },
    {
        what: "types of messages",
        says: "ORDER_CREATED, TRANSACTION_PROCESSED, CONTACT_UPDATED",
        because: "the application's own",
    },
];

const rights: Figure[] = [
    {
        what: "control plane",
        says: "AmazonEKSClusterPolicy",
        makes: (stack) => policies(stack, "cluster-control-plane"),
    },
    {
        what: "nodes",
        says: "AmazonEC2ContainerRegistryReadOnly, AmazonEKSWorkerNodePolicy, AmazonEKS_CNI_Policy",
        makes: (stack) => policies(stack, "cluster-nodes"),
        because: "nodes only pull; the network's right is its add-on's",
    },
    {
        what: "network add-on",
        says: "as the nodes",
        makes: (stack) => policies(stack, "cluster-node-addons-cni"),
        because: "so that no pod has it",
    },
    {
        what: "sqs-worker on the queue",
        says: "ReceiveMessage, DeleteMessage, GetQueueAttributes, SendMessage",
        makes: (stack) => actionsOn(stack, "sqs-worker"),
        because: "ChangeMessageVisibility too, for work that takes longer",
    },
    {
        what: "backend on the queue",
        says: "sends",
        makes: (stack) => actionsOn(stack, "backend"),
        because: "that is SendMessage and nothing else",
    },
];

const monitoring: Figure[] = [
    {
        what: "log groups",
        says: "app, backend, frontend",
        makes: (stack) =>
            stack
                .named("aws:cloudwatch/logGroup:LogGroup")
                .filter((name) => name.startsWith("cluster-addons-container-logs-"))
                .map((name) => name.split("-").pop())
                .sort()
                .join(", "),
        because: "Container Insights' names; the services share one, and saved queries tell them apart",
    },
    {
        what: "days of logs",
        says: "30",
        makes: (stack) => logGroup(stack, "cluster-addons-container-logs-application").replace(" days, encrypted", ""),
    },
    {
        what: "dashboards",
        says: "application, infrastructure, SQS",
        makes: (stack) =>
            stack
                .named("aws:cloudwatch/dashboard:Dashboard")
                .map((name) => name.replace(/^observability-|-dashboard$/g, ""))
                .sort()
                .join(", "),
        because: "of the database and the bill too",
    },
    {
        what: "graphs of requests and errors",
        says: "request count, error rate",
        makes: (stack) =>
            graphs(stack, "application")
                .filter((title) => /^Requests/.test(title))
                .join(", "),
        because: "their names here",
    },
    {
        what: "graph of the queue's depth",
        says: "yes",
        makes: (stack) => yes(graphs(stack, "queue").includes("Messages that wait")),
    },
    {
        what: "alarm on CPU",
        says: "high",
        makes: (stack) => threshold(stack, "cluster-node-cpu-high"),
        because: "per cent of a node, as AWS recommends",
    },
    {
        what: "alarm on memory",
        says: "high",
        makes: (stack) => threshold(stack, "cluster-node-memory-high"),
        because: "per cent of a node, as AWS recommends",
    },
    {
        what: "alarm on the error rate",
        says: "yes",
        makes: (stack) => threshold(stack, "ingress-requests-failing"),
        because: "times the rate at which failures would use up the month's one per cent",
    },
    {
        what: "alarms in all",
        says: "3",
        makes: (stack) => String(stack.count("aws:cloudwatch/metricAlarm:MetricAlarm")),
        because: "those that AWS recommends besides",
    },
];

export const devopsPpp: Example = {
    name: "devops-ppp",
    system: "EKS with three services, MySQL and a queue",
    stacks: ["dev"],
    sections: {
        Network: network,
        "Main components": platform,
        Kubernetes: services,
        "IAM roles": rights,
        Monitoring: monitoring,
    },
    costs: [
        {
            what: "EKS and nodes (2 × t3.medium)",
            stack: "dev",
            says: "~$133",
            components: ["cluster"],
            because:
                "one node while there is little to do, and the second when it is needed; Container Insights, volumes, keys and logs besides",
        },
        {
            what: "RDS",
            stack: "dev",
            says: "~$15",
            components: ["database"],
            because: "the class costs as much; storage, a key, secrets and logs besides",
        },
        {
            what: "NAT gateways (2)",
            stack: "dev",
            says: "~$65",
            components: ["network"],
            because: "the same two; their addresses, 100 GB through each, and flow logs besides",
        },
        {
            what: "ECR",
            stack: "dev",
            says: "~$1",
            components: ["registry"],
            because: "5 GB in each repository, and a key",
        },
        { what: "SQS", stack: "dev", says: "~$0.40", components: ["orders"], because: "as many requests, and a key" },
        {
            what: "CloudWatch",
            stack: "dev",
            says: "~$5",
            components: ["observability"],
            because: "an alarm costs ten cents, and a dashboard three dollars from the fourth on",
        },
        {
            what: "total",
            stack: "dev",
            says: "~$220",
            because: "a load balancer, which the document draws and does not price, and all of the above",
        },
    ],
};
