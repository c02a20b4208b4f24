import { describe, expect, it } from "vitest";
import { inputsOf, namesOfNodes, rehearse, settled } from "../testing/mocks";
import { platform, registrySpec } from "../testing/specs";
import { Registry, registryProblems } from ".";
import type { RegistrySpec } from "./spec";

const make = (protect = true) =>
    rehearse(
        false,
        (options) => new Registry("registry", { ...registrySpec, platform: { ...platform, protect } }, options),
    );

it("has a repository for each name: encrypted, scanned, with tags that stay where they are", async () => {
    const { made, resources } = await make();
    expect(Object.keys(made.repositoryUrls)).toEqual(["backend", "frontend"]);
    const inputs = inputsOf(resources, "registry-backend");
    expect(inputs).toMatchObject({
        name: "shop-test-registry-backend",
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        lifecyclePolicy: { rules: [{ tagStatus: "any", maximumNumberOfImages: 10 }] },
    });
    const key = resources.find(({ name }) => name === "registry-encryption-key")?.resource as unknown as {
        arn: string;
    };
    expect(await settled(inputs.encryptionConfigurations)).toEqual([
        { encryptionType: "KMS", kmsKey: await settled(key.arn) },
    ]);
});

it.each([true, false])("is deleted with its images only where nothing is protected: %s", async (protect) => {
    const { resources } = await make(protect);
    expect(inputsOf(resources, "registry-frontend").forceDelete).toBe(!protect);
});

describe("what is refused", () => {
    it.each<[Partial<RegistrySpec>, string]>([
        [
            { names: ["Backend"] },
            'r.names[0]: "Backend" is not the name of a repository (up to 50 lower-case letters, digits and single hyphens, a letter first); give one like backend',
        ],
        [{ names: ["web", "web"] }, 'r.names: "web" is named twice; give it once'],
        [{ keptImages: 0 }, "r.keptImages: 0 is out of range; give 1 to 1000"],
        [{ keyDeletionWindowDays: 31 }, "r.keyDeletionWindowDays: 31 is out of range; give 7 to 30"],
    ])("%j", (change, text) => {
        expect(registryProblems("r", { ...registrySpec, ...change }).map((problem) => problem.text)).toEqual([text]);
    });
});

it("gives its raw resources", async () => {
    const { made, resources } = await make();
    expect(namesOfNodes(resources, made.nodes)).toEqual({
        key: "registry-encryption-key",
        repositories: { backend: "registry-backend", frontend: "registry-frontend" },
    });
});
