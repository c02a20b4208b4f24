import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { sensitiveTypes, sensitiveTypesText } from "./sensitive-types";

describe("the types that can hold data or open a way in", () => {
    it("are those of the installed SDK; `npm run inventory` makes them so", () => {
        const committed = readFileSync(path.join(__dirname, "../policy/data/sensitive-types.json"), "utf8");
        expect(committed).toBe(sensitiveTypesText());
    });

    it("have a key, a password, a public address, a policy or principals among their inputs", () => {
        const { types } = sensitiveTypes();
        expect(types).toEqual(
            expect.arrayContaining([
                "aws:fsx/windowsFileSystem:WindowsFileSystem",
                "aws:lightsail/database:Database",
                "aws:ecr/registryPolicy:RegistryPolicy",
                "aws:ram/resourceShare:ResourceShare",
            ]),
        );
        expect(types).not.toContain("aws:sns/topicSubscription:TopicSubscription");
        expect(types).not.toContain("aws:ecr/lifecyclePolicy:LifecyclePolicy");
    });
});
