import * as path from "node:path";
import * as ts from "typescript";
import typedocOptions from "../../typedoc.json";

/** The modules that documentation and schemas are made from, besides those that pages of components are about. */
export const modules = {
    parts: "stacks/parts/index.ts",
    stackSettings: "stacks/stack-settings.ts",
    componentPackage: "component-package/components.ts",
} as const;

const programs = new Map<string, ts.Program>();

/** The types of these modules. They are read once: the SDKs' declarations alone take TypeScript ten seconds. */
export function typesOf(root: string): ts.Program {
    const before = programs.get(root);
    if (before) return before;
    const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
    const files = [...Object.values(modules), ...typedocOptions.entryPoints].map((file) => path.join(root, file));
    const program = ts.createProgram(files, { ...options, incremental: false, tsBuildInfoFile: undefined });
    programs.set(root, program);
    return program;
}

/** A module of such a program, by its path in the checkout. */
export function sourceOf(program: ts.Program, root: string, module: string): ts.SourceFile {
    const source = program.getSourceFile(path.join(root, module));
    if (!source) throw new Error(`there is no ${module}`);
    return source;
}
