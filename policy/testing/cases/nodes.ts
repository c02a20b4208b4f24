import { clusterNetwork, rootVolume } from "../cluster";
import { set } from "../platform";
import { read, ref } from "../stack";
import { always, atFirst, type Cases, something } from "./case";

const metadata = { httpTokens: "required", httpPutResponseHopLimit: 1 };
const volume = (ebs: object) =>
    set("nodes-template", { blockDeviceMappings: [{ ...rootVolume, ebs: { ...rootVolume.ebs, ...ebs } }] });

export const nodes: Cases = {
    mutations: [
        {
            rule: "cluster-in-private-subnets",
            what: "nodes in a public subnet",
            change: set("nodes-1", { subnetIds: [ref("network-public-1")] }),
            says: /^nodes-1: nodes-1 → network-public-1 → network-public-routes → route 0\.0\.0\.0\/0 → network-internet-gateway/,
        },
        {
            rule: "cluster-in-private-subnets",
            what: "a control plane with an interface in a public subnet",
            change: set("cluster", {
                vpcConfig: { ...clusterNetwork, subnetIds: [ref("network-private-0"), ref("network-public-1")] },
            }),
            says: /^cluster: cluster → network-public-1 → network-public-routes/,
        },
        {
            rule: "cluster-in-private-subnets",
            what: "a private subnet that gets a way to the internet gateway",
            change: set("network-private-0-default-route", {
                natGatewayId: undefined,
                gatewayId: ref("network-internet-gateway"),
            }),
            says: /network-private-0-routes → route 0\.0\.0\.0\/0 → network-internet-gateway/,
        },
        {
            rule: "node-group-from-launch-template",
            what: "no launch template",
            change: set("nodes-0", { launchTemplate: undefined }),
            says: /^nodes-0: launchTemplate is not set/,
        },
        {
            rule: "node-group-without-ssh",
            what: "a key to log in with",
            change: set("nodes-0", { remoteAccess: { ec2SshKey: "mine" } }),
            says: /^nodes-0: remoteAccess is set/,
        },
        {
            rule: "node-group-without-ssh",
            what: "a key to log in with in the template",
            change: set("nodes-template", { keyName: "mine" }),
            says: /^nodes-template: keyName is set/,
        },
        {
            rule: "launch-template-volumes-encrypted-with-customer-key",
            what: "volumes as the image has them, which is what EKS's own component does",
            change: set("nodes-template", { blockDeviceMappings: undefined }),
            says: /no blockDeviceMappings/,
        },
        {
            rule: "launch-template-volumes-encrypted-with-customer-key",
            what: "a second volume that is not encrypted",
            change: set("nodes-template", {
                blockDeviceMappings: [rootVolume, { deviceName: "/dev/xvdb", ebs: { volumeSize: 20 } }],
            }),
            says: /a volume is not encrypted/,
        },
        {
            rule: "launch-template-volumes-encrypted-with-customer-key",
            what: "no key",
            change: volume({ kmsKeyId: undefined }),
            says: /blockDeviceMappings names no key/,
        },
        {
            rule: "launch-template-metadata-guarded",
            what: "metadata without a token",
            change: set("nodes-template", { metadataOptions: { ...metadata, httpTokens: "optional" } }),
            says: /metadataOptions.httpTokens is not required/,
        },
        {
            rule: "launch-template-metadata-guarded",
            what: "metadata for pods",
            change: set("nodes-template", { metadataOptions: { ...metadata, httpPutResponseHopLimit: 2 } }),
            says: /metadataOptions.httpPutResponseHopLimit is not 1/,
        },
        {
            rule: "launch-template-metadata-guarded",
            what: "nothing said of metadata",
            change: set("nodes-template", { metadataOptions: undefined }),
            says: /metadataOptions.httpTokens is not required/,
        },
        {
            rule: "launch-template-without-public-address",
            what: "public addresses",
            change: set("nodes-template", { networkInterfaces: [{ associatePublicIpAddress: "true" }] }),
            says: /associatePublicIpAddress is true/,
        },
    ],
    doubts: [
        {
            rule: "cluster-in-private-subnets",
            what: "subnets that the stack only reads",
            change: set("nodes-0", { subnetIds: [read("subnet-0123")] }),
            says: /nodes-0 → subnets that are no resources of this stack/,
            modes: always,
        },
        {
            rule: "cluster-in-private-subnets",
            what: "a control plane in subnets that the stack only reads",
            change: set("cluster", {
                vpcConfig: { ...clusterNetwork, subnetIds: [read("subnet-0123"), ref("network-private-0")] },
            }),
            says: /cluster → subnets that are no resources of this stack/,
            modes: always,
        },
        {
            rule: "node-group-from-launch-template",
            what: "a template from elsewhere",
            change: set("nodes-0", { launchTemplate: { id: "lt-0123", version: "1" } }),
            says: /launchTemplate is no resource of this stack/,
            modes: always,
        },
        {
            rule: "node-group-without-ssh",
            what: "a key not known yet",
            change: set("nodes-template", { keyName: something }),
            says: /keyName is not known yet/,
            modes: atFirst,
        },
        {
            rule: "launch-template-volumes-encrypted-with-customer-key",
            what: "encryption not known yet",
            change: volume({ encrypted: something }),
            says: /ebs.encrypted is not known yet/,
            modes: atFirst,
        },
        {
            rule: "launch-template-volumes-encrypted-with-customer-key",
            what: "a literal key, which may be AWS's own",
            change: volume({ kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/0" }),
            says: /blockDeviceMappings names a key that is no resource of this stack/,
            modes: always,
        },
        {
            rule: "launch-template-metadata-guarded",
            what: "tokens not known yet",
            change: set("nodes-template", { metadataOptions: { ...metadata, httpTokens: something } }),
            says: /metadataOptions.httpTokens is not known yet/,
            modes: atFirst,
        },
        {
            rule: "launch-template-without-public-address",
            what: "an address not known yet",
            change: set("nodes-template", { networkInterfaces: [{ associatePublicIpAddress: something }] }),
            says: /associatePublicIpAddress is not known yet/,
            modes: atFirst,
        },
    ],
};
