import { expect, it } from "vitest";
import { workloadSpec } from "../testing/workloads";
import { environmentsOf, withSecretEnvironments } from "./services";

it("field F17: a service takes its secret variables from its Secret, besides those that it named itself", () => {
    const own = { DATABASE_URL: { secret: "platform-database", key: "DATABASE_URL" } };
    const backend = { ...workloadSpec, environment: { SENTRY_DSN: "key" }, secrets: own };
    const services = { backend, worker: workloadSpec };
    expect(environmentsOf(services)).toEqual({ backend: { SENTRY_DSN: "key" }, worker: {} });
    const changed = withSecretEnvironments(services, { backend: "backend-environment" });
    expect(changed.backend).toMatchObject({
        environment: {},
        secrets: { ...own, SENTRY_DSN: { secret: "backend-environment", key: "SENTRY_DSN" } },
    });
    expect(changed.worker).toBe(workloadSpec);
});
