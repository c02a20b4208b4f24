import { types } from "../../graph/types";
import { patch, set } from "../platform";
import { read, ref } from "../stack";
import { always, atFirst, type Cases, something } from "./case";

const metadata = (change: object) => patch("cluster-nodes-launch-template", { metadataOptions: change });
const volumes = (change: object, unlinked?: readonly string[]) =>
    patch("cluster-nodes-launch-template", { blockDeviceMappings: change }, unlinked);
const controlPlaneIn = (...subnetIds: unknown[]) =>
    patch("cluster-control-plane-eks-eksCluster", { vpcConfig: { subnetIds } }, [types.subnet]);

export const nodes: Cases = {
    mutations: [
        {
            rule: "cluster-in-private-subnets",
            what: "nodes in a public subnet",
            change: set("cluster-nodes-zone-1", { subnetIds: [ref("network-public-1")] }),
            says: /^cluster-nodes-zone-1: cluster-nodes-zone-1 → network-public-1 → network-public-routes → route 0\.0\.0\.0\/0 → network-internet-gateway/,
        },
        {
            rule: "cluster-in-private-subnets",
            what: "a control plane with an interface in a public subnet",
            change: controlPlaneIn(ref("network-private-0"), ref("network-public-1")),
            says: /^cluster-control-plane-eks-eksCluster: cluster-control-plane-eks-eksCluster → network-public-1 → network-public-routes/,
        },
        {
            rule: "cluster-in-private-subnets",
            what: "a private subnet with a route to the internet gateway",
            change: set("network-private-2-default-route", {
                natGatewayId: undefined,
                gatewayId: ref("network-internet-gateway"),
            }),
            says: /network-private-2-routes → route 0\.0\.0\.0\/0 → network-internet-gateway/,
        },
        {
            rule: "node-group-from-launch-template",
            what: "no launch template",
            change: set("cluster-nodes-zone-0", { launchTemplate: undefined }),
            says: /^cluster-nodes-zone-0: launchTemplate is not set/,
        },
        {
            rule: "node-group-without-ssh",
            what: "an SSH key",
            change: set("cluster-nodes-zone-0", { remoteAccess: { ec2SshKey: "mine" } }),
            says: /^cluster-nodes-zone-0: remoteAccess is set/,
        },
        {
            rule: "node-group-without-ssh",
            what: "an SSH key in the launch template",
            change: set("cluster-nodes-launch-template", { keyName: "mine" }),
            says: /^cluster-nodes-launch-template: keyName is set/,
        },
        {
            rule: "launch-template-volumes-encrypted-with-customer-key",
            what: "volumes as the image defines them, the default of @pulumi/eks",
            change: set("cluster-nodes-launch-template", { blockDeviceMappings: undefined }),
            says: /blockDeviceMappings is not set/,
        },
        {
            rule: "launch-template-volumes-encrypted-with-customer-key",
            what: "a second volume that is not encrypted",
            change: volumes({ 1: { deviceName: "/dev/xvdb", ebs: { volumeSize: 20 } } }),
            says: /a volume is not encrypted/,
        },
        {
            rule: "launch-template-volumes-encrypted-with-customer-key",
            what: "no key",
            change: volumes({ 0: { ebs: { kmsKeyId: undefined } } }, [types.key]),
            says: /blockDeviceMappings names no key/,
        },
        {
            rule: "launch-template-metadata-guarded",
            what: "metadata without a token",
            change: metadata({ httpTokens: "optional" }),
            says: /metadataOptions.httpTokens is not required/,
        },
        {
            rule: "launch-template-metadata-guarded",
            what: "metadata reachable from pods",
            change: metadata({ httpPutResponseHopLimit: 2 }),
            says: /metadataOptions.httpPutResponseHopLimit is not 1/,
        },
        {
            rule: "launch-template-metadata-guarded",
            what: "no metadataOptions",
            change: set("cluster-nodes-launch-template", { metadataOptions: undefined }),
            says: /metadataOptions.httpTokens is not required/,
        },
        {
            rule: "launch-template-without-public-address",
            what: "public addresses",
            change: set("cluster-nodes-launch-template", { networkInterfaces: [{ associatePublicIpAddress: "true" }] }),
            says: /associatePublicIpAddress is true/,
        },
    ],
    unproved: [
        {
            rule: "cluster-in-private-subnets",
            what: "subnets that the stack only reads",
            change: set("cluster-nodes-zone-0", { subnetIds: [read("subnet-0123")] }),
            says: /cluster-nodes-zone-0 → subnets that are not resources of this stack/,
            modes: always,
        },
        {
            rule: "cluster-in-private-subnets",
            what: "a control plane in subnets that the stack only reads",
            change: controlPlaneIn(read("subnet-0123"), ref("network-private-0")),
            says: /cluster-control-plane-eks-eksCluster → subnets that are not resources of this stack/,
            modes: always,
        },
        {
            rule: "node-group-from-launch-template",
            what: "a launch template outside the stack",
            change: set("cluster-nodes-zone-0", { launchTemplate: { id: "lt-0123", version: "1" } }),
            says: /launch templates that are not resources of this stack \(1 in launchTemplate\)/,
            modes: always,
        },
        {
            rule: "node-group-without-ssh",
            what: "a key not known yet",
            change: set("cluster-nodes-launch-template", { keyName: something }),
            says: /keyName is not known yet/,
            modes: atFirst,
        },
        {
            rule: "launch-template-volumes-encrypted-with-customer-key",
            what: "encryption not known yet",
            change: volumes({ 0: { ebs: { encrypted: something } } }),
            says: /ebs.encrypted is not known yet/,
            modes: atFirst,
        },
        {
            rule: "launch-template-volumes-encrypted-with-customer-key",
            what: "a literal key, which may be AWS managed",
            change: volumes({ 0: { ebs: { kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/0" } } }, [types.key]),
            says: /blockDeviceMappings names a key that is not a resource of this stack/,
            modes: always,
        },
        {
            rule: "launch-template-metadata-guarded",
            what: "tokens not known yet",
            change: metadata({ httpTokens: something }),
            says: /metadataOptions.httpTokens is not known yet/,
            modes: atFirst,
        },
        {
            rule: "launch-template-without-public-address",
            what: "an address not known yet",
            change: set("cluster-nodes-launch-template", {
                networkInterfaces: [{ associatePublicIpAddress: something }],
            }),
            says: /associatePublicIpAddress is not known yet/,
            modes: atFirst,
        },
    ],
};
