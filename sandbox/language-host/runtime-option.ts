import { createRequire } from "node:module";
import * as path from "node:path";
import type { ProgramInfo } from "@pulumi/pulumi/proto/language_pb";
import { fromStruct, type Properties } from "../rpc/values";

/** The `runtime.options` of Pulumi.yaml that the nodejs runtime knows. */
export interface RuntimeOptions {
    /** Whether the SDK loads ts-node before the program. @default true */
    typescript: boolean;
    tsconfig: string | undefined;
    /** Arguments for node itself, before the script. */
    nodeArgs: string[];
}

export function runtimeOptions(info: ProgramInfo | undefined): RuntimeOptions {
    const options: Properties = fromStruct(info?.getOptions());
    return {
        typescript: options.typescript !== false,
        tsconfig: typeof options.tsconfig === "string" ? options.tsconfig : undefined,
        nodeArgs: typeof options.nodeargs === "string" ? splitWords(options.nodeargs) : [],
    };
}

/** Splits a command line into words as a shell does, with quotes. */
function splitWords(text: string): string[] {
    const words = text.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
    return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single));
}

/** The path of `module` in the program's own copy of the SDK, so that the program and its runner share one SDK. */
export function locateInSdk(module: string, programDirectory: string): string {
    return createRequire(path.join(path.resolve(programDirectory), "noop.js")).resolve(`@pulumi/pulumi/${module}`);
}
