import { expect, it } from "vitest";
import { jobSpec } from "../application/database-job";
import { workloadSpec } from "../testing/workloads";
import { deploymentSpec } from "./deployment";

const job = {
    name: "migrate",
    image: "ghcr.io/shop/backend:1",
    command: ["up"],
    env: [],
    userId: 1,
    retries: 0,
    timeoutSeconds: 1,
};
const dependencies = {
    service: "backend",
    serviceAccount: "backend",
    configMap: "app-config",
    configurationVersion: "1",
};

it("images of private registries are pulled with the Secrets of the namespace, by services and by Jobs", () => {
    const wanted = { template: { spec: { imagePullSecrets: [{ name: "ghcr" }] } } };
    expect(deploymentSpec(workloadSpec, { ...dependencies, imagePullSecrets: ["ghcr"] })).toMatchObject(wanted);
    expect(jobSpec(job, ["ghcr"])).toMatchObject(wanted);
    // Without any, nothing is said, so that no pod is rolled out anew.
    expect(JSON.stringify([deploymentSpec(workloadSpec, dependencies), jobSpec(job)])).not.toContain(
        "imagePullSecrets",
    );
});
