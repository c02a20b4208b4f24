import { PolicyPack } from "@pulumi/policy";
import { toPolicy } from "./pack";
import { rules } from "./rules";

new PolicyPack("plinth", { policies: rules.map(toPolicy) });
