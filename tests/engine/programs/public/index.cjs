// Programs in the style of Pulumi's public examples, all in one stack. PROGRAM names one of them, to rehearse it alone.
"use strict";
const pulumi = require("@pulumi/pulumi");

const programs = {
    ...require("./web.cjs"),
    ...require("./serverless.cjs"),
    ...require("./data.cjs"),
    ...require("./operations.cjs"),
};
const wanted = new pulumi.Config().get("program");

for (const [name, program] of Object.entries(programs)) {
    if (wanted === undefined || wanted === name) exports[name] = program(name);
}
