import { createRequire } from "node:module";

/** Parts of the SDK that its type declarations leave out. */
interface Deserializer {
    deserializeProperties?: Deserialize;
}
interface Proxies {
    unknownCheckingProxy?: (properties: object) => object;
}

type Deserialize = (properties: object, proxySecrets: boolean) => object;

/**
 * Makes the SDK read a resource once: it does so anew for each policy, which takes a second for a platform. Policies write to none.
 * Every policy is then given the same properties, by which the pack knows that the resources are the same.
 */
export function readResourcesOnce(): void {
    const sdk = createRequire(__filename);
    const reading: Deserializer = sdk("@pulumi/policy/deserialize");
    const { deserializeProperties } = reading;
    // Another release of the SDK may keep these elsewhere: then it takes longer.
    if (deserializeProperties) {
        const read = once((properties: object) => deserializeProperties(properties, false));
        // With secrets, it reads for policies that remediate, of which the pack has none.
        reading.deserializeProperties = (properties, proxySecrets) => (proxySecrets ? {} : read(properties));
    }
    const proxies: Proxies = sdk("@pulumi/policy/proxy");
    if (proxies.unknownCheckingProxy) proxies.unknownCheckingProxy = once(proxies.unknownCheckingProxy);
}

/** The same function, which computes nothing twice. */
function once<Result>(compute: (of: object) => Result): (of: object) => Result {
    const known = new WeakMap<object, Result>();
    return (of) => {
        const before = known.get(of);
        if (before !== undefined) return before;
        const result = compute(of);
        known.set(of, result);
        return result;
    };
}
