import * as path from "node:path";

/** A line of the program, with the file's path from the project's folder. */
export interface Position {
    readonly file: string;
    readonly line: number;
    readonly column: number;
}

/** What `pulumi preview --json` says of a step's resource, as far as positions depend on it. */
export interface PlannedState {
    readonly urn: string;
    readonly sourcePosition?: string;
    readonly stackTrace?: readonly { readonly sourcePosition?: string }[];
}

/**
 * The lines of the program that declare a resource, from the nearest to the outermost: a component first, then who uses it.
 * `engineFolder` is the folder that the engine ran in, to which its positions are relative, and `root` the project's.
 */
export function positionsOf(state: PlannedState, engineFolder: string, root: string): Position[] {
    const frames = [state, ...(state.stackTrace ?? [])].flatMap(({ sourcePosition }) => sourcePosition ?? []);
    const positions = frames.flatMap((frame) => {
        const [, uri, line, column] = /^project:\/\/\/(.+)#(\d+),(\d+)$/.exec(frame) ?? [];
        if (uri === undefined) return [];
        const file = path.relative(root, path.resolve(engineFolder, decodeURIComponent(uri)));
        return file.startsWith("..") || file.includes("node_modules")
            ? []
            : [{ file, line: Number(line), column: Number(column) }];
    });
    const keys = positions.map(({ file, line }) => `${file} ${line}`);
    return positions.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
}
