import { PolicyPack } from "@pulumi/policy";
import { toPolicy } from "./pack";
import { provedAtPreview } from "./postponed";
import { readResourcesOnce } from "./read-once";
import { rules } from "./rules";
import { statedInputs } from "./stated";

readResourcesOnce();
new PolicyPack("plinth", { policies: [statedInputs, ...rules.map(toPolicy), provedAtPreview] });
