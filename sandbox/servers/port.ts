import { createServer } from "node:net";

/** A port of the loopback that is free now: `wanted`, or any where that one is taken. */
export async function freePort(wanted = 0): Promise<number> {
    const probe = createServer();
    const taken = await new Promise<boolean>((resolve) => {
        probe.once("error", () => resolve(true)).listen(wanted, "127.0.0.1", () => resolve(false));
    });
    if (taken) return freePort();
    const address = probe.address();
    await new Promise((resolve) => probe.close(resolve));
    return typeof address === "object" && address ? address.port : 0;
}
