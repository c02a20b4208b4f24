/** The sizes that a platform comes in. */
export const tierNames = ["dev", "staging", "prod"] as const;
export type TierName = (typeof tierNames)[number];
