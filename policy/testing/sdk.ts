import * as proxyModule from "@pulumi/policy/proxy";

// The SDK's declarations leave these out. They are what its server wraps properties with, so fixtures behave as at run time.
const proxy: Readonly<Record<string, unknown>> = proxyModule;

/** The SDK's stand-ins for unknown values, by their names. */
export const sdkSentinels: Readonly<Record<string, unknown>> = Object.fromEntries(
    Object.entries(proxy).filter(([name]) => /^unknown\w+Value$/.test(name)),
);

/** What the engine writes for any unknown value, whatever its type. */
export const unknownValue = sdkSentinels.unknownStringValue;

/** Wraps properties just as the SDK's server does: reading an unknown one throws. */
export function proxied(properties: object): object {
    const wrap = proxy.unknownCheckingProxy;
    if (typeof wrap !== "function") throw new Error("@pulumi/policy has no unknownCheckingProxy any more");
    return wrap(properties);
}
