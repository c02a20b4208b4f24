import { describe, expect, it } from "vitest";
import { json, makeCluster, networkOf, privateSubnetIds } from "../testing/cluster";
import { inputsOf, rehearse, settled } from "../testing/mocks";
import { clusterSpec, platform } from "../testing/specs";
import { Cluster } from "./cluster";

describe("an identity", () => {
    const identified = (preview = true) =>
        rehearse(preview, (options) => {
            const cluster = new Cluster(
                "cluster",
                { ...clusterSpec, platform, network: networkOf(privateSubnetIds) },
                options,
            );
            return cluster.identity("backend", { namespace: "app", serviceAccount: "backend" });
        });

    it("is a role that only the pods of that service account, of that cluster, can take; known at preview", async () => {
        const { resources } = await identified();
        const { Statement } = await json(inputsOf(resources, "cluster-backend-identity-role").assumeRolePolicy);
        expect(Statement).toEqual([
            {
                Sid: expect.any(String),
                Effect: "Allow",
                Principal: { Service: "pods.eks.amazonaws.com" },
                Action: ["sts:AssumeRole", "sts:TagSession"],
                Condition: {
                    StringEquals: {
                        "aws:RequestTag/eks-cluster-arn":
                            "arn:aws:eks:eu-west-1:123456789012:cluster/shop-test-cluster",
                        "aws:RequestTag/kubernetes-namespace": "app",
                        "aws:RequestTag/kubernetes-service-account": "backend",
                    },
                },
            },
        ]);
    });

    it("is told to the cluster", async () => {
        const { made, resources } = await identified(false);
        const association = inputsOf(resources, "cluster-backend-identity-association");
        expect(association).toMatchObject({ namespace: "app", serviceAccount: "backend" });
        expect(await settled(association.clusterName)).toBe("shop-test-cluster");
        expect(await settled(association.roleArn)).toBe(await settled(made.role.arn));
    });
});

it("lets External Secrets, and nobody else, take a role to read secrets as", async () => {
    const { made, resources } = await rehearse(false, (options) =>
        new Cluster(
            "cluster",
            { ...clusterSpec, platform, network: networkOf(privateSubnetIds) },
            options,
        ).secretReader("app"),
    );
    const trust = await json(inputsOf(resources, "cluster-app-secret-reader").assumeRolePolicy);
    expect(trust.Statement[0].Principal).toEqual({
        AWS: "arn:aws:iam::123456789012:role/shop-test-cluster-external-secrets",
    });
    const taken = await json(inputsOf(resources, "cluster-app-secret-reader-taken").policy);
    expect(taken.Statement).toEqual([
        {
            Sid: "TakeRole",
            Effect: "Allow",
            Action: ["sts:AssumeRole", "sts:TagSession"],
            Resource: await settled(made.arn),
        },
    ]);
});

describe("access", () => {
    it("is an entry and a policy for each, for namespaces where some are named", async () => {
        const engineers = "arn:aws:iam::123456789012:role/engineers";
        const { resources } = await makeCluster({
            access: {
                engineers: { principalArn: engineers, policy: "edit", namespaces: ["app"], groups: ["readers"] },
                ops: { principalArn: "arn:aws:iam::123456789012:role/ops", policy: "cluster-admin" },
            },
        });
        expect(inputsOf(resources, "cluster-access-engineers")).toMatchObject({
            principalArn: engineers,
            type: "STANDARD",
            kubernetesGroups: ["readers"],
        });
        const policy = inputsOf(resources, "cluster-access-engineers-policy");
        expect(policy.accessScope).toEqual({ type: "namespace", namespaces: ["app"] });
        expect(await settled(policy.policyArn)).toBe("arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy");
        expect(inputsOf(resources, "cluster-access-ops-policy").accessScope).toEqual({ type: "cluster" });
    });
});

it("field B6: takes the groups of an entry away with the setting: AWS keeps what is not named", async () => {
    const principalArn = "arn:aws:iam::123456789012:role/ops";
    const { resources } = await makeCluster({ access: { ops: { principalArn, policy: "view" } } });
    expect(inputsOf(resources, "cluster-access-ops").kubernetesGroups).toEqual([]);
});

describe("the controllers' rights", () => {
    it("change nothing that is another cluster's: what has to name no owner is listed here", async () => {
        const { resources } = await makeCluster({}, true);
        const policies = ["aws-load-balancer-controller", "cluster-autoscaler"].map((chart) =>
            json(inputsOf(resources, `cluster-charts-${chart}-policy`).policy),
        );
        const statements = (await Promise.all(policies)).flatMap(({ Statement }) => Statement);
        const loose = statements.filter(
            ({ Condition }) =>
                !/elbv2.k8s.aws\/cluster|cluster-autoscaler\/shop-test-cluster/.test(JSON.stringify(Condition ?? "")),
        );
        expect(loose.map(({ Sid }) => Sid)).toEqual([
            "MakeOwnServiceRole",
            "LookAround",
            "GuardLoadBalancers",
            "OpenSecurityGroups",
            "MakeSecurityGroups",
            "MakeListeners",
            "TagListeners",
            "RegisterPods",
            "KeepListeners",
            "LookAround",
            "LookAtNodeGroups",
        ]);
        // What IAM takes in a role's own policies, blanks aside.
        for (const policy of policies) expect(JSON.stringify(await policy).length).toBeLessThan(10_240);
    });
});
