import type * as pulumi from "@pulumi/pulumi";
import { Cluster, type ClusterArgs } from "../cluster/cluster";
import { existingNetwork } from "../network";
import { type Registered, rehearse, settled } from "./mocks";
import { clusterSpec, platform } from "./specs";

export const privateSubnetIds = ["subnet-1", "subnet-2", "subnet-3"];
export const networkOf = (subnetIds: string[]) =>
    existingNetwork({
        ...{ vpcId: "vpc-1", cidr: "10.0.0.0/16", zones: [], publicSubnetIds: [], isolatedSubnetIds: [] },
        privateSubnetIds: subnetIds,
    });
export const makeCluster = (change: Partial<ClusterArgs> = {}, preview = false) =>
    rehearse(
        preview,
        (options) =>
            new Cluster(
                "cluster",
                { ...clusterSpec, platform, network: networkOf(privateSubnetIds), ...change },
                options,
            ),
    );

export const json = async (input: unknown) => JSON.parse(String(await settled(input as pulumi.Input<string>)));
export const namesOf = (resources: Registered[], type: string) =>
    resources.filter((one) => one.type === type).map(({ name }) => name);
