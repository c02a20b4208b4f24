import type { PricedType } from "../priced-type";
import { caches } from "./caches";
import { clusters, componentTypes } from "./clusters";
import { databases } from "./databases";
import { networks } from "./networks";
import { services } from "./services";

/** How every type is priced that is charged by itself. */
export const pricedTypes: Readonly<Record<string, PricedType>> = {
    ...databases,
    ...caches,
    ...networks,
    ...clusters,
    ...services,
    ...componentTypes,
};

export { reasonForNoCharge } from "./free";
export { componentTypes };
