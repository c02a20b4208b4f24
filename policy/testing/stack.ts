import type { GraphResource } from "../graph/graph";
import { types } from "../graph/types";
import { proxied, unknownValue } from "./sdk";

/** `fresh`: the first preview, nothing exists. `updated`: a later one, every id is known. */
export type Mode = "fresh" | "updated";

/** A resource as a program declares it; values may be `Fed`. */
export interface Declared {
    readonly type: string;
    readonly name: string;
    readonly props: Readonly<Record<string, unknown>>;
    /** The name of the provider, when it is not the stack's. */
    readonly provider?: string;
}

/** A value that comes from outputs of other resources. */
class Fed {
    constructor(
        readonly from: readonly string[],
        readonly known: (mode: Mode, resources: readonly Declared[]) => unknown,
    ) {}
}

/** An output of another resource. */
export const ref = (name: string, output = "id"): Fed =>
    new Fed([name], (mode, resources) => (mode === "fresh" ? unknownValue : outputOf(resources, name, output)));

/** `all(references).apply(pick)`: one value, fed by all of them. */
export const applied = (names: readonly string[], pick: (ids: unknown[]) => unknown): Fed =>
    new Fed(names, (mode, resources) =>
        mode === "fresh" ? unknownValue : pick(names.map((name) => outputOf(resources, name, "id"))),
    );

/** A value known at preview already that comes from another resource: an input of it that its outputs repeat. */
export const repeated = (name: string, value: unknown): Fed => new Fed([name], () => value);

/** An output of a resource that the program only reads (`get`): the engine leaves it out of the resources of a preview. */
export const read = (value: unknown): Fed => new Fed([], (mode) => (mode === "fresh" ? unknownValue : value));

/** What the AWS provider fills in where the program says nothing: unknown at first, then what AWS answers. */
const leftToAws: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    [types.securityGroup]: { ingress: [], egress: [], vpcId: "vpc-0default" },
    [types.defaultSecurityGroup]: { ingress: [], egress: [] },
    [types.routeTable]: { routes: [], propagatingVgws: [] },
    [types.networkAcl]: { ingress: [], egress: [], subnetIds: [] },
    [types.vpcEndpoint]: {
        policy: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
    },
    [types.key]: { policy: '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"}}]}' },
    [types.backupVault]: { kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/0aws" },
    [types.secret]: { policy: "" },
    [types.queue]: { policy: "", sqsManagedSseEnabled: false },
    [types.cluster]: {
        enabledClusterLogTypes: [],
        vpcConfig: { endpointPrivateAccess: false, endpointPublicAccess: true, publicAccessCidrs: ["0.0.0.0/0"] },
    },
    [types.nodeGroup]: { diskSize: 20 },
    [types.accessEntry]: { kubernetesGroups: [] },
    [types.launchTemplate]: { metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 2 } },
    [types.databaseInstance]: {
        kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/0aws",
        performanceInsightsKmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/0aws",
        dbSubnetGroupName: "default",
        parameterGroupName: "default.postgres16",
        vpcSecurityGroupIds: ["sg-0default"],
        snapshotIdentifier: "",
        resourceId: "db-0123",
    },
    [types.databaseCluster]: {
        kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/0aws",
        storageEncrypted: false,
        performanceInsightsKmsKeyId: "",
        dbSubnetGroupName: "default",
        dbClusterParameterGroupName: "default.aurora-postgresql16",
        vpcSecurityGroupIds: ["sg-0default"],
        clusterResourceId: "cluster-0123",
    },
    [types.databaseProxy]: { vpcSecurityGroupIds: ["sg-0default"] },
    [types.databaseProxyEndpoint]: { vpcSecurityGroupIds: ["sg-0default"] },
    [types.databaseClusterInstance]: {
        performanceInsightsEnabled: true,
        performanceInsightsKmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/0aws",
        publiclyAccessible: false,
    },
    [types.replicationGroup]: {
        atRestEncryptionEnabled: false,
        transitEncryptionEnabled: false,
        transitEncryptionMode: "",
        subnetGroupName: "default",
        securityGroupIds: [],
    },
};

/** What AWS's identifiers begin with; the rules look at some of them. */
const idPrefixes: Readonly<Record<string, string>> = {
    [types.subnet]: "subnet",
    [types.internetGateway]: "igw",
    [types.vpnGateway]: "vgw",
    [types.routeTable]: "rtb",
    [types.vpc]: "vpc",
    [types.securityGroup]: "sg",
    [types.defaultSecurityGroup]: "sg",
};

const urnOf = ({ type, name }: Declared) => `urn:pulumi:dev::plinth::${type}::${name}`;

function outputOf(resources: readonly Declared[], name: string, output: string): unknown {
    const found = resources.find((resource) => resource.name === name);
    if (!found) throw new Error(`no resource is named ${name}`);
    if (output === "arn") return `arn:aws:any:eu-west-1:111122223333:${name}`;
    return output === "id"
        ? `${idPrefixes[found.type] ?? "id"}-0${name}`
        : (found.props[output] ?? `${name}.${output}`);
}

/** The resources as the SDK's server hands them to a stack policy: edges by input, unknown values behind its proxy. */
export function materialise(resources: readonly Declared[], mode: Mode): GraphResource[] {
    const byName = new Map(resources.map((resource) => [resource.name, resource]));
    return resources.map((resource) => {
        const edges: Record<string, { urn: string }[]> = {};
        const resolve = (value: unknown, input: string): unknown => {
            if (value instanceof Fed) {
                const sources = value.from.flatMap((name) => byName.get(name) ?? []);
                const known = edges[input] ?? [];
                const added = sources.map((source) => ({ urn: urnOf(source) }));
                edges[input] = [...known, ...added.filter(({ urn }) => known.every((one) => one.urn !== urn))];
                return value.known(mode, resources);
            }
            if (Array.isArray(value)) return value.map((one) => resolve(one, input));
            if (typeof value !== "object" || value === null) return value;
            return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one, input)]));
        };
        const given = Object.entries(resource.props).filter(([, value]) => value !== undefined);
        const props = Object.fromEntries(given.map(([key, value]) => [key, resolve(value, key)]));
        for (const [key, answer] of Object.entries(leftToAws[resource.type] ?? {})) {
            if (!(key in props)) props[key] = mode === "fresh" ? unknownValue : answer;
        }
        return {
            type: resource.type,
            name: resource.name,
            urn: urnOf(resource),
            props: proxied(props),
            propertyDependencies: edges,
            provider: { urn: `urn:pulumi:dev::plinth::pulumi:providers:aws::${resource.provider ?? "aws"}` },
        };
    });
}
