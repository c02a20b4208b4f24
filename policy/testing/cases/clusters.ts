import { patch, set } from "../platform";
import { read, ref } from "../stack";
import { always, atFirst, type Cases, something } from "./case";

const network = (change: object) => patch("cluster-control-plane-eks-eksCluster", { vpcConfig: change });
const key = { keyArn: ref("cluster-control-plane-encryption-key", "arn") };

export const clusters: Cases = {
    mutations: [
        {
            rule: "cluster-secrets-encrypted-with-customer-key",
            what: "no encryptionConfig",
            change: set("cluster-control-plane-eks-eksCluster", { encryptionConfig: undefined }),
            says: /^cluster-control-plane-eks-eksCluster: encryptionConfig is not set/,
        },
        {
            rule: "cluster-secrets-encrypted-with-customer-key",
            what: "encryption without resources",
            change: set("cluster-control-plane-eks-eksCluster", { encryptionConfig: { provider: key, resources: [] } }),
            says: /encryptionConfig does not include secrets/,
        },
        {
            rule: "cluster-secrets-encrypted-with-customer-key",
            what: "no key",
            change: set("cluster-control-plane-eks-eksCluster", {
                encryptionConfig: { provider: {}, resources: ["secrets"] },
            }),
            says: /encryptionConfig names no key/,
        },
        {
            rule: "cluster-endpoint-private",
            what: "an endpoint without private access",
            change: network({ endpointPrivateAccess: undefined }),
            says: /^cluster-control-plane-eks-eksCluster: endpointPrivateAccess is not true/,
        },
        {
            rule: "cluster-endpoint-private",
            what: "an endpoint with EKS's defaults",
            change: network({ endpointPublicAccess: undefined }),
            says: /its endpoint is public and open to everyone/,
        },
        {
            rule: "cluster-endpoint-private",
            what: "an endpoint open to half of the internet and an office",
            change: network({ endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24", "0.0.0.0/1"] }),
            says: /its endpoint is public and open to 0\.0\.0\.0\/1/,
        },
        {
            rule: "cluster-control-plane-logged",
            what: "a missing log type",
            change: set("cluster-control-plane-eks-eksCluster", {
                enabledClusterLogTypes: ["api", "authenticator", "controllerManager", "scheduler"],
            }),
            says: /it does not log audit/,
        },
        {
            rule: "cluster-control-plane-logged",
            what: "no logs",
            change: set("cluster-control-plane-eks-eksCluster", { enabledClusterLogTypes: undefined }),
            says: /it does not log api, audit,/,
        },
        {
            rule: "cluster-access-named",
            what: "a role with a wildcard",
            change: set("cluster-access-engineers", { principalArn: "arn:aws:iam::111122223333:role/*" }),
            says: /^cluster-access-engineers: principalArn has a wildcard/,
        },
        {
            rule: "cluster-access-named",
            what: "an account's root",
            change: set("cluster-access-engineers", { principalArn: "arn:aws:iam::111122223333:root" }),
            says: /principalArn is neither a role nor a user/,
        },
        {
            rule: "cluster-access-named",
            what: "the group system:masters",
            change: set("cluster-access-engineers", { kubernetesGroups: ["system:masters"] }),
            says: /kubernetesGroups includes system:masters/,
        },
    ],
    unproved: [
        {
            rule: "cluster-secrets-encrypted-with-customer-key",
            what: "a literal key, which may be AWS managed",
            change: set("cluster-control-plane-eks-eksCluster", {
                encryptionConfig: {
                    provider: { keyArn: "arn:aws:kms:eu-west-1:111122223333:key/0" },
                    resources: ["secrets"],
                },
            }),
            says: /encryptionConfig names a key that is not a resource of this stack/,
            modes: always,
        },
        {
            rule: "cluster-secrets-encrypted-with-customer-key",
            what: "resources not known yet",
            change: set("cluster-control-plane-eks-eksCluster", {
                encryptionConfig: { provider: key, resources: something },
            }),
            says: /encryptionConfig.resources is not known yet/,
            modes: atFirst,
        },
        {
            rule: "cluster-endpoint-private",
            what: "access not known yet",
            change: network({ endpointPublicAccess: something }),
            says: /endpointPublicAccess is not known yet/,
            modes: atFirst,
        },
        {
            rule: "cluster-endpoint-private",
            what: "a CIDR block not known yet",
            change: network({ endpointPublicAccess: true, publicAccessCidrs: [something] }),
            says: /publicAccessCidrs is not known yet/,
            modes: atFirst,
        },
        {
            rule: "cluster-control-plane-logged",
            what: "logs not known yet",
            change: set("cluster-control-plane-eks-eksCluster", { enabledClusterLogTypes: something }),
            says: /enabledClusterLogTypes is not known yet/,
            modes: atFirst,
        },
        {
            rule: "cluster-access-named",
            what: "a principal from outside the stack",
            change: set("cluster-access-engineers", { principalArn: read("arn:aws:iam::111122223333:role/engineers") }),
            says: /principalArn is not known yet/,
            modes: atFirst,
        },
        {
            rule: "cluster-access-named",
            what: "groups not known yet",
            change: set("cluster-access-engineers", { kubernetesGroups: something }),
            says: /kubernetesGroups is not known yet/,
            modes: atFirst,
        },
    ],
};
