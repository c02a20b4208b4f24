import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ServiceAccountRef, WorkloadCluster } from "../cluster";
import type { NetworkCidrs, WorkloadNamespace } from "../kubernetes";
import type { LogGroupsSpec } from "../logs";
import type { WorkloadSpec } from "../workload";

/** A sound service, to be varied in tests. */
export const workloadSpec: WorkloadSpec = {
    image: "registry.example.com/backend:1.4.2",
    port: 3000,
    replicas: { minimum: 2, maximum: 10 },
    scaling: { cpuPercent: 70, memoryPercent: 80 },
    resources: { cpuRequest: "250m", cpuLimit: "500m", memoryRequest: "256Mi", memoryLimit: "512Mi" },
    environment: {},
    secrets: {},
    secretFiles: {},
    probes: { path: "/health", startupSeconds: 60, periodSeconds: 10 },
    runAsUser: 1000,
    drainSeconds: 15,
    terminationGraceSeconds: 60,
    reaches: { database: false, cache: false, queues: { send: [], consume: [] }, services: [], internet: false },
    identity: false,
};

/** How long the logs of services are kept in tests. */
export const serviceLogs: LogGroupsSpec = { retentionDays: 30, keyDeletionWindowDays: 7 };

/** The CIDR blocks of a network in two zones. */
export const networkCidrs: NetworkCidrs = {
    vpc: "10.0.0.0/16",
    subnets: {
        public: ["10.0.128.0/23", "10.0.130.0/23"],
        private: ["10.0.0.0/20", "10.0.16.0/20"],
        isolated: ["10.0.144.0/23", "10.0.146.0/23"],
    },
    interfaceEndpoints: [],
};

/** A cluster that only exists in name: its identities are roles whose trust policy names cluster, namespace and account. */
export function standInCluster(podSecurityGroups: boolean, options: pulumi.ComponentResourceOptions): WorkloadCluster {
    return {
        clusterName: pulumi.output("shop-test"),
        kubernetes: new k8s.Provider("kubernetes", { kubeconfig: "none" }, options),
        nodeSecurityGroupId: pulumi.output("sg-nodes"),
        podSecurityGroups,
        ready: [],
        logGroupName: (service) => `/shop-test/services/${service}`,
        identity: (name: string, of: ServiceAccountRef) => new StandInIdentity(name, of, options),
    };
}

class StandInIdentity extends pulumi.ComponentResource {
    readonly role: aws.iam.Role;

    constructor(name: string, of: ServiceAccountRef, options: pulumi.ComponentResourceOptions) {
        super("test:cluster:Identity", name, {}, options);
        this.role = new aws.iam.Role(
            `cluster-${name}`,
            {
                name: `shop-test-${name}`,
                assumeRolePolicy: pulumi.jsonStringify({ namespace: of.namespace, account: of.serviceAccount }),
            },
            { parent: this },
        );
    }
}

/** A namespace that only exists in name. */
export const standInNamespace: WorkloadNamespace = {
    namespace: pulumi.output("app"),
    configMapName: "app-config",
    configurationVersion: pulumi.output("0123456789"),
    ready: [],
};
