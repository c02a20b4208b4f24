import { PolicyPack } from "@pulumi/policy";
import { toPolicy } from "./pack";
import { readResourcesOnce } from "./read-once";
import { rules } from "./rules";

readResourcesOnce();
new PolicyPack("plinth", { policies: rules.map(toPolicy) });
