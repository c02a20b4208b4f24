import { byDefault, byTier, enumOf, flag, matching, settings, text, tierNames } from "@plinth/components";
import { z } from "zod";

/** What concerns the whole stack and no part of it. */
export const stackSettings = settings({
    /** The tier: the sizes and safeguards that everything has unless another setting says otherwise. */
    tier: enumOf(tierNames, "a tier"),
    /**
     * Whether what holds data or keys is protected against deletion, by Pulumi and by AWS.
     * @remarks Updated in place. To delete a protected stack, set it to false and update first.
     */
    protect: flag().meta(byTier(false, false, true)),
    /** The one account that the stack may be created in. Left out, it is whatever account the credentials belong to. */
    account: settings({
        /** Its number: twelve digits, in quotes. */
        id: matching(/^\d{12}$/, "the number of an account", "123456789012")
            .meta({ allowed: "its twelve digits in quotes" })
            .optional(),
    }).optional(),
    /**
     * `owner`, `costCentre` (each the project's name unless given), and any others to put on every resource.
     * @remarks Updated in place.
     */
    tags: z.record(z.string(), text()).meta(byDefault({})),
});

/** What a stack says of itself. */
export type StackSettings = z.output<typeof stackSettings>;
