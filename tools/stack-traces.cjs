// Stack traces with TypeScript positions, at no cost until one is read. The SDK notes a stack for every promise and for every
// resource, which only messages about its own workings use, and its runner maps each line of each to sources: that is
// 2 of 5 s of processor time in a preview of dev. Here these notes hold no lines, and only what we compiled is mapped.
"use strict";
const { SourceMap } = require("node:module");
const path = require("node:path");

/**
 * The functions of the SDK that make a stack for their own notes. With PLINTH_SOURCE_POSITIONS, the lines that declare a resource
 * are kept: the engine has them in its plan, and the report of the policy pack shows them.
 */
const NOTE_TAKERS = new Set(
    process.env.PLINTH_SOURCE_POSITIONS ? ["debuggablePromise"] : ["debuggablePromise", "callsites"],
);

/** By the name of a compiled file: the folder that its map's sources are relative to, and the map. */
const maps = new Map();

/** Tells where the lines of a compiled file come from. */
exports.registerSourceMap = (file, folder, text) => maps.set(file, { folder, text });

/** Whether a stack is one of the SDK's notes. */
exports.isNote = (frames) =>
    NOTE_TAKERS.has(frames[0]?.getFunctionName()) && Boolean(frames[0].getFileName()?.includes("@pulumi"));

/** Formats all stack traces of this process from now on, in the place of any other that is or will be installed. */
exports.installStackTraces = () => {
    Object.defineProperty(Error, "prepareStackTrace", { get: () => format, set: () => {}, configurable: true });
};

function format(error, frames) {
    return exports.isNote(frames) ? String(error) : [String(error), ...frames.map(lineOf)].join("\n");
}

function lineOf(frame) {
    const text = `    at ${frame}`;
    const map = maps.get(frame.getFileName());
    if (!map) return text;
    map.parsed ??= new SourceMap(JSON.parse(map.text));
    const { originalSource, originalLine, originalColumn } = map.parsed.findEntry(
        frame.getLineNumber() - 1,
        frame.getColumnNumber() - 1,
    );
    if (!originalSource) return text;
    const position = `${path.resolve(map.folder, originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
    return text.replace(`${frame.getFileName()}:${frame.getLineNumber()}:${frame.getColumnNumber()}`, position);
}
