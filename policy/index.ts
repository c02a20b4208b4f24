import { PolicyPack } from "@pulumi/policy";
import { toPolicy } from "./pack";
import { readResourcesOnce } from "./read-once";
import { rules } from "./rules";
import { StatedInputs } from "./stated-inputs";

readResourcesOnce();
const stated = new StatedInputs();
new PolicyPack("plinth", { policies: [stated.policy(), ...rules.map((rule) => toPolicy(rule, stated))] });
