import { loadPlatformSpec } from "./config";
import { createPlatform } from "./platform";

export = createPlatform(loadPlatformSpec());
