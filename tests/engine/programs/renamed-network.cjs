"use strict";
const path = require("node:path");

require("../../../tools/typescript.cjs").loadTypeScript(path.join(__dirname, "renamed-network.ts"));
