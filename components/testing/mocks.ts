import * as pulumi from "@pulumi/pulumi";

/** A resource as a component registers it. */
export interface Registered {
    type: string;
    name: string;
    /** Its inputs as the component gave them: outputs are still outputs. */
    inputs: Record<string, unknown>;
    options: pulumi.CustomResourceOptions;
    /** The resource itself. */
    resource: pulumi.Resource;
}

/** The inputs of the one resource of that name. */
export function inputsOf(resources: Registered[], name: string): Record<string, unknown> {
    const found = resources.filter((resource) => resource.name === name);
    if (found.length !== 1) throw new Error(`${found.length} resources are named ${name}`);
    return found[0]?.inputs ?? {};
}

/** The names that `nodes`, a component's raw resources, are registered under: the same tree, with names for resources. */
export function namesOfNodes(resources: Registered[], nodes: unknown): unknown {
    if (Array.isArray(nodes)) return nodes.map((node) => namesOfNodes(resources, node));
    if (typeof nodes !== "object" || nodes === null) return nodes;
    if (nodes instanceof pulumi.Resource) {
        return resources.find(({ resource }) => resource === nodes)?.name ?? "not registered";
    }
    return Object.fromEntries(Object.entries(nodes).map(([role, node]) => [role, namesOfNodes(resources, node)]));
}

/** A resource as its provider is asked to create it: all of its inputs are plain values. */
export interface Created {
    type: string;
    name: string;
    inputs: Record<string, unknown>;
}

/** What was made, and every resource that was registered on the way. */
export interface Rehearsal<Made> {
    made: Made;
    /** Of what was made under the options that it was given. */
    resources: Registered[];
    /** Whatever options it was made with. */
    created: Created[];
    /** The functions that were called. */
    calls: pulumi.runtime.MockCallArgs[];
}

/**
 * Runs `make` under Pulumi's mocks and waits until all is registered. The mocks know no provider: a resource comes back
 * with its inputs and an ARN, at preview without anything that AWS would have to say first.
 */
export async function rehearse<Made>(
    preview: boolean,
    make: (options: pulumi.ComponentResourceOptions) => Made,
): Promise<Rehearsal<Made>> {
    const resources: Registered[] = [];
    const created: Created[] = [];
    const newResource: pulumi.runtime.Mocks["newResource"] = (args) => {
        created.push({ type: args.type, name: args.name, inputs: args.inputs });
        return mocks.newResource(args);
    };
    const calls: pulumi.runtime.MockCallArgs[] = [];
    const call: pulumi.runtime.Mocks["call"] = (args) => {
        calls.push(args);
        return mocks.call(args);
    };
    await pulumi.runtime.setMocks({ ...mocks, newResource, call }, "plinth", "test", preview);
    const record: pulumi.ResourceTransformation = ({ resource, type, name, props, opts }) => {
        resources.push({ type, name, inputs: props, options: opts, resource });
        return undefined;
    };
    const made = make({ transformations: [record] });
    await pulumi.runtime.disconnect();
    return { made, resources, created, calls };
}

/** The value of an output, or of what holds outputs. Not for what a preview doesn't know: it would wait for ever. */
export function settled<T>(input: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
    return new Promise((resolve) => pulumi.output(input).apply(resolve));
}

const mocks: pulumi.runtime.Mocks = {
    newResource: ({ type, name, inputs }) => ({
        id: `${name}-id`,
        state: { ...inputs, ...(pulumi.runtime.isDryRun() ? {} : madeByAws(type, name, inputs)) },
    }),
    call: ({ token }) => answers[token] ?? {},
};

const answers: Record<string, pulumi.runtime.MockCallResult> = {
    "aws:index/getAvailabilityZones:getAvailabilityZones": { names: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] },
    "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "123456789012" },
    "aws:index/getPartition:getPartition": { partition: "aws", dnsSuffix: "amazonaws.com" },
    "aws:index/getRegion:getRegion": { region: "eu-west-1" },
    "aws:secretsmanager/getSecretVersion:getSecretVersion": {
        secretString: JSON.stringify({ password: "rotated since" }),
    },
    "aws:lb/getLoadBalancer:getLoadBalancer": { arnSuffix: "app/shop/50dc6c495c0c9188" },
    "aws:rds/getSnapshot:getSnapshot": { encrypted: true },
    "aws:eks/getAddonVersion:getAddonVersion": { version: "v1.2.3-eksbuild.4" },
};

function madeByAws(type: string, name: string, inputs: Record<string, unknown>): Record<string, unknown> {
    const host = `${name}.example.internal`;
    if (type === "eks:index:Cluster") return madeByEks(inputs);
    return {
        arn: `arn:aws:test:eu-west-1:123456789012:${name}`,
        ...(type === "random:index/randomPassword:RandomPassword"
            ? { result: pulumi.secret(`${name}!generated`) }
            : {}),
        ...(type === "aws:rds/instance:Instance"
            ? {
                  address: host,
                  endpoint: `${host}:5432`,
                  resourceId: "db-ABC",
                  masterUserSecrets: [{ secretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1" }],
              }
            : {}),
        ...(type === "aws:serverlessrepository/cloudFormationStack:CloudFormationStack"
            ? { outputs: { RotationLambdaARN: `arn:aws:lambda:eu-west-1:123456789012:function:${inputs.name}` } }
            : {}),
        ...(type === "aws:rds/cluster:Cluster"
            ? { endpoint: host, readerEndpoint: `ro-${host}`, clusterResourceId: "cluster-ABC" }
            : {}),
        ...(type === "aws:rds/clusterInstance:ClusterInstance" ? { endpoint: host } : {}),
        ...(/^aws:rds\/proxy(Endpoint)?:/.test(type) ? { endpoint: host } : {}),
        ...(type === "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup" ? { name: "default" } : {}),
        ...(type === "aws:secretsmanager/secretVersion:SecretVersion" ? { versionId: `${name}-version` } : {}),
        ...(type === "aws:elasticache/replicationGroup:ReplicationGroup"
            ? { primaryEndpointAddress: host, readerEndpointAddress: host, configurationEndpointAddress: host }
            : {}),
        ...(type === "aws:acm/certificate:Certificate"
            ? { domainValidationOptions: [{ resourceRecordName: `_proof.${inputs.domainName}` }] }
            : {}),
        ...(type === "kubernetes:networking.k8s.io/v1:Ingress"
            ? { status: { loadBalancer: { ingress: [{ hostname: host }] } } }
            : {}),
        ...(type === "aws:sqs/queue:Queue"
            ? { url: `https://sqs.example.internal/${name}`, arn: `arn:aws:sqs:eu-west-1:123456789012:${inputs.name}` }
            : {}),
    };
}

/** The outputs of EKS's component, which stand for those of the resources that it makes. */
function madeByEks(inputs: Record<string, unknown>): Record<string, unknown> {
    return {
        eksCluster: { name: inputs.name, endpoint: "https://cluster.example.internal" },
        clusterSecurityGroupId: "sg-control-plane",
        nodeSecurityGroupId: "sg-nodes",
        oidcIssuer: "oidc.example.internal/id/1",
        kubeconfigJson: "{}",
    };
}
