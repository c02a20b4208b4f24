import type { SubnetKind } from "./spec";

/**
 * How a VPC is cut into sixteen slots: 0 to 7 are the private subnets, a slot to a zone; 8 and 9 hold eight public and
 * eight isolated subnets, an eighth of a slot each; 10 to 15 are for subnets that are added by name. A subnet's place
 * follows from its kind and zone alone, so nothing that is added ever moves it.
 */
export const slotBits = 4;
/** The bits of an eighth of a slot. */
export const eighth = 3;
export const firstSlot: Record<SubnetKind, number> = { private: 0, public: 8, isolated: 9 };
