import { describe, expect, it } from "vitest";
import { readPreview } from "./preview";
import { unknown } from "./resource";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
const stack = { urn: urn("pulumi:pulumi:Stack", "shop-dev"), type: "pulumi:pulumi:Stack" };
const component = {
    urn: urn("plinth:database:Database", "database"),
    type: "plinth:database:Database",
    parent: stack.urn,
};
const nested = {
    urn: urn("plinth:database:DatabaseCluster", "inner"),
    type: "plinth:database:DatabaseCluster",
    parent: component.urn,
};
const provider = (name: string, region: string) => ({
    ...{ urn: urn("pulumi:providers:aws", name), type: "pulumi:providers:aws", custom: true, parent: stack.urn },
    inputs: { region },
});
const cluster = {
    ...{ urn: urn("aws:rds/cluster:Cluster", "cluster"), type: "aws:rds/cluster:Cluster", custom: true },
    ...{ parent: nested.urn, provider: `${urn("pulumi:providers:aws", "aws")}::${UNKNOWN}` },
    inputs: { engine: "aurora-postgresql", kmsKeyId: UNKNOWN, vpcSecurityGroupIds: [UNKNOWN] },
};
const server = {
    ...{
        urn: urn("aws:rds/clusterInstance:ClusterInstance", "writer"),
        type: "aws:rds/clusterInstance:ClusterInstance",
    },
    ...{ custom: true, parent: nested.urn, inputs: { clusterIdentifier: UNKNOWN } },
    propertyDependencies: { clusterIdentifier: [cluster.urn], engine: null },
};
const vault = {
    ...{
        urn: urn("aws:backup/vault:Vault", "copies"),
        type: "aws:backup/vault:Vault",
        custom: true,
        parent: stack.urn,
    },
    provider: `${urn("pulumi:providers:aws", "elsewhere")}::id`,
};

const read = (steps: { op: string; newState?: object }[]) =>
    readPreview(JSON.stringify({ config: { "aws:region": "eu-west-1" }, steps }));
const created = [
    stack,
    component,
    nested,
    provider("aws", "eu-west-1"),
    provider("elsewhere", "eu-central-1"),
    cluster,
    server,
    vault,
].map((newState) => ({ op: "create", newState }));

describe("a preview", () => {
    it("is read with its components, its unknown values and where inputs come from", () => {
        const [own, writer] = read(created).resources;
        expect(own).toMatchObject({ type: cluster.type, name: "cluster", component: "database" });
        expect(own?.inputs).toEqual({ engine: "aurora-postgresql", kmsKeyId: unknown, vpcSecurityGroupIds: [unknown] });
        expect(writer?.sources).toEqual({ clusterIdentifier: [own], engine: [] });
    });

    it("says of a resource in another region which one it is", () => {
        const regions = read(created).resources.map(({ name, region }) => [name, region]);
        expect(regions).toEqual([
            ["cluster", undefined],
            ["writer", undefined],
            ["copies", "eu-central-1"],
        ]);
    });

    it("is what the stack has afterwards: one of each replacement, and nothing that is deleted", () => {
        const steps = [
            { op: "create-replacement", newState: cluster },
            { op: "replace", newState: cluster },
            { op: "delete-replaced", newState: cluster },
            { op: "same", newState: server },
            { op: "delete" },
        ];
        expect(read(steps).resources.map(({ name }) => name)).toEqual(["cluster", "writer"]);
    });

    it("is refused where it leaves out what does not change", () => {
        const text = JSON.stringify({ steps: [], changeSummary: { same: 3 } });
        expect(() => readPreview(text)).toThrow("--show-sames");
    });

    it.each(["", "{}", "[1]", "Previewing update (dev)"])("is no text such as %j", (text) => {
        expect(() => readPreview(text)).toThrow("pulumi preview --json");
    });
});
