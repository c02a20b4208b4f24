import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies";
import { readResourcesOnce } from "./read-once";
import { selectedPolicies } from "./selected";

readResourcesOnce();
new PolicyPack("plinth", { policies: selectedPolicies(policies) });
