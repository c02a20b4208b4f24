import * as path from "node:path";
import { findEngine } from "../../sandbox/launcher/engine";

/** Has the engine before the first test asks for it: installing one takes minutes, and tests have less. */
export default async function setup(): Promise<void> {
    await findEngine(path.join(__dirname, "..", "..", "sandbox", "engine"));
}
