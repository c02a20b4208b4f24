import { isNote } from "../tools/stack-traces.cjs";

/**
 * Leaves the stacks that the SDK notes for itself without lines, as tools/stack-traces.cjs does for the program. Vitest maps each
 * line of each stack to sources otherwise, which is half of the time of a test that makes components.
 */
let mapped = Error.prepareStackTrace;
let isMapping = false;
const plain = (error: Error, frames: NodeJS.CallSite[]) => [error, ...frames].join("\n    at ");

function prepare(error: Error, frames: NodeJS.CallSite[]): unknown {
    if (isNote(frames)) return String(error);
    // What maps stacks calls what did so before, which is this where it came later.
    if (isMapping || !mapped) return plain(error, frames);
    isMapping = true;
    try {
        return mapped(error, frames);
    } finally {
        isMapping = false;
    }
}

// Once for each process, which runs this file for each file of tests.
if (!Object.getOwnPropertyDescriptor(Error, "prepareStackTrace")?.get) {
    Object.defineProperty(Error, "prepareStackTrace", {
        configurable: true,
        get: () => prepare,
        set: (value: typeof Error.prepareStackTrace) => {
            mapped = value;
        },
    });
}
