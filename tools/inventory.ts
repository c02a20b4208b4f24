import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { declaredTypes } from "@plinth/sandbox/providers/aws/facts";
import { resourceTypes } from "@plinth/sandbox/providers/aws/types";
import { awsInventory, inventoryText } from "./aws-inventory";
import { sensitiveTypesText } from "./sensitive-types";

const file = path.join(__dirname, "../sandbox/providers/aws/data/inventory.json");
writeFileSync(file, inventoryText(awsInventory(declaredTypes(Object.keys(resourceTypes)))));
writeFileSync(path.join(__dirname, "../policy/data/sensitive-types.json"), sensitiveTypesText());
