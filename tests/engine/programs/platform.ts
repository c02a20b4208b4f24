import { loadPlatformSpec } from "../../../stacks/config";
import { createPlatform } from "../../../stacks/platform";

/** The platform, as `stacks/index.ts` has it, to be run any number of times. */
export const program = async () => createPlatform(loadPlatformSpec());
