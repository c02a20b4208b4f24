import { LineCounter, parseDocument } from "yaml";
import { readIfPresent } from "./file";
import { SandboxError } from "./sandbox-error";

/**
 * What a YAML file says; undefined where there is none or it is empty.
 *
 * @throws SandboxError with the file, the line and every mistake of a file that is not valid
 */
export function readYaml(file: string): unknown {
    const text = readIfPresent(file);
    if (text === undefined) return undefined;
    const lineCounter = new LineCounter();
    const document = parseDocument(text, { lineCounter, prettyErrors: false });
    const problems = document.errors.map(({ message, pos }) => {
        const { line, col } = lineCounter.linePos(pos[0]);
        return `${file}:${line}:${col}: ${message}`;
    });
    if (problems.length > 0) throw new SandboxError(problems.join("\n"));
    try {
        return document.toJS() ?? undefined;
    } catch (error) {
        throw new SandboxError(`${file}: ${error instanceof Error ? error.message : error}`); // such as too many aliases
    }
}
