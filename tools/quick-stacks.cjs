// The SDK captures a stack for every resource and every promise, and has each mapped to sources: half of a preview's time.
// PLINTH_STACK_TRACES=1 brings them back, for whoever hunts a bug.
"use strict";
if (!process.env.PLINTH_STACK_TRACES) {
    Error.stackTraceLimit = 0;
    Error.prepareStackTrace = undefined;
}
