import { isNote } from "../tools/stack-traces.cjs";

/**
 * Leaves the stacks that the SDK notes for itself without lines, as tools/stack-traces.cjs does for the program. Vitest maps each
 * line of each stack to sources otherwise, which is half of the time of a test that makes components.
 */
let mapped = Error.prepareStackTrace;
const prepare = (error: Error, frames: NodeJS.CallSite[]): unknown =>
    isNote(frames) ? String(error) : mapped ? mapped(error, frames) : [error, ...frames].join("\n    at ");
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
