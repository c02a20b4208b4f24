import { PolicyPack } from "@pulumi/policy";
import { typesJudged } from "./coverage";
import { toPolicy } from "./pack";
import { provedAtPreview } from "./postponed";
import { readResourcesOnce } from "./read-once";
import { rules } from "./rules";
import { statedInputs } from "./stated";

readResourcesOnce();
new PolicyPack("plinth", { policies: [statedInputs, ...rules.map(toPolicy), typesJudged(rules), provedAtPreview] });
