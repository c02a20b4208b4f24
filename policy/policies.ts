import { configuration, waiversUsed } from "./configuration";
import { typesJudged } from "./coverage";
import { findingsWritten } from "./findings";
import { toPolicy } from "./pack";
import { provedAtPreview } from "./postponed";
import { rules } from "./rules";
import { statedInputs } from "./stated";

/** The policies of the pack in their order: first what the rules need, then the rules, then what sums them up. */
export const policies = [
    configuration(rules),
    statedInputs,
    ...rules.map(toPolicy),
    typesJudged(rules),
    provedAtPreview,
    waiversUsed(rules),
    findingsWritten(rules),
];
