import { describe, expect, it } from "vitest";
import { importedPackages, type Manifest, packageManifest } from "./manifest";

const root: Manifest = { name: "root", version: "1.2.3", dependencies: { sdk: "7.48.0" }, engines: { node: ">=20" } };
const workspace: Manifest = {
    name: "@plinth/part",
    private: true,
    dependencies: { yaml: "2.9.1", models: "4.5.1" },
    peerDependencies: { sdk: "*" },
};
const code = (imports: string[], bundles: string[] = []) => ({ imports: new Set(imports), bundles: new Set(bundles) });

describe("a package's manifest", () => {
    it("has the root's version, and asks for the root's SDK or a later compatible one", () => {
        expect(packageManifest(root, workspace, code(["sdk"]), { main: "index.js" })).toEqual({
            name: "@plinth/part",
            version: "1.2.3",
            main: "index.js",
            engines: { node: ">=20" },
            dependencies: { yaml: "2.9.1", models: "4.5.1" },
            peerDependencies: { sdk: "^7.48.0" },
        });
    });

    it("asks for the packages that are published with it by the version that they all have", () => {
        const part = { ...workspace, dependencies: { "@plinth/other": "*" } };
        const withParts = { ...root, dependencies: { ...root.dependencies, "@plinth/other": "*" } };
        expect(packageManifest(withParts, part, code([]), {}).dependencies).toEqual({ "@plinth/other": "^1.2.3" });
    });

    it("leaves out what was bundled", () => {
        expect(packageManifest(root, workspace, code(["sdk"], ["yaml"]), {}).dependencies).toEqual({ models: "4.5.1" });
    });

    it("is refused where the code imports what the workspace does not declare, or the root does not pin", () => {
        expect(() => packageManifest(root, workspace, code(["sdk", "zod"]), {})).toThrow(
            "@plinth/part imports zod: add it",
        );
        const unpinned = { ...workspace, peerDependencies: { other: "*" } };
        expect(() => packageManifest(root, unpinned, code([]), {})).toThrow("has no other: pin it there");
    });
});

it("finds the packages that code and declarations import, each once for all its modules, and none of Node.js", () => {
    const text = [
        'const aws = __importStar(require("@pulumi/aws/eks"));',
        'import type { A } from "@pulumi/kubernetes";',
        'await import("zod");',
        'require("node:fs"); require("path"); require("./own"); require("../other");',
    ].join("\n");
    expect(importedPackages(text).sort()).toEqual(["@pulumi/aws", "@pulumi/kubernetes", "zod"]);
});
