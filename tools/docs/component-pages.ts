import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { sourceOf, typesOf } from "./program";

/** The folder of the pages that typedoc makes. */
export const componentPages = path.join("docs", "components");

/** What typedoc makes of the components' comments, by the page's path in the checkout. */
export async function pagesOfComponents(root: string): Promise<Record<string, string>> {
    const { Application, TSConfigReader, TypeDocReader } = await import("typedoc");
    const folder = mkdtempSync(path.join(tmpdir(), "plinth-docs-"));
    try {
        const app = await Application.bootstrapWithPlugins(
            { options: path.join(root, "typedoc.json"), tsconfig: path.join(root, "tsconfig.json"), logLevel: "Warn" },
            [new TypeDocReader(), new TSConfigReader()],
        );
        app.options.setValue("out", folder);
        const program = typesOf(root);
        const project = app.converter.convert(
            app.options.getValue("entryPoints").map((pattern) => {
                const file = path.relative(root, String(pattern));
                return {
                    displayName: path.basename(path.dirname(file)),
                    program,
                    sourceFile: sourceOf(program, root, file),
                };
            }),
        );
        await app.generateOutputs(project);
        const pages = readdirSync(folder).map((page) => [
            path.join(componentPages, page),
            readFileSync(path.join(folder, page), "utf8"),
        ]);
        return Object.fromEntries(pages);
    } finally {
        rmSync(folder, { recursive: true });
    }
}
