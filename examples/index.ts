import { accessweaverCache } from "./accessweaver-cache/figures";
import { accessweaverDatabase } from "./accessweaver-database/figures";
import { banana } from "./banana/figures";
import { devopsPpp } from "./devops-ppp/figures";
import type { Example } from "./example";
import { meetinity } from "./meetinity/figures";

/** The systems, in the order of the documents that describe them. */
export const examples: readonly Example[] = [banana, meetinity, accessweaverDatabase, devopsPpp, accessweaverCache];
