import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies";
import { readResourcesOnce } from "./read-once";

readResourcesOnce();
new PolicyPack("plinth", { policies });
