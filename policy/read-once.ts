import { createRequire } from "node:module";

/** A part of the SDK that its type declarations leave out. */
interface Deserializer {
    deserializeProperties?: Deserialize;
}

type Deserialize = (properties: object, proxySecrets: boolean) => unknown;

/** Makes the SDK read a resource once: it does so anew for each policy, which takes a second for a platform. Policies write to none. */
export function readResourcesOnce(): void {
    const sdk: Deserializer = createRequire(__filename)("@pulumi/policy/deserialize");
    const { deserializeProperties } = sdk;
    if (!deserializeProperties) return; // another release of the SDK may keep it elsewhere: then it takes longer
    const known = new WeakMap<object, unknown>();
    sdk.deserializeProperties = (properties, proxySecrets) => {
        if (proxySecrets) return deserializeProperties(properties, proxySecrets);
        if (!known.has(properties)) known.set(properties, deserializeProperties(properties, proxySecrets));
        return known.get(properties);
    };
}
