import type { Rule } from "../../validation";
import { engines, hasInsights } from "../engines/engines";
import type { DatabaseSpec } from "../spec";

/** The rules on what a spec says of monitoring. */
export const monitoringRules: Rule<DatabaseSpec>[] = [
    {
        at: "insights",
        when: (spec) => spec.insights !== "off" && !hasInsights(spec),
        say: ({ engine, insights, instanceClass }) =>
            `${insights} is not for ${engines[engine].label} on ${instanceClass}; give off, or a larger instanceClass`,
    },
];
