import { ec2 } from "./ec2";
import { casesOf, type ForeignCase } from "./foreign";
import { iam } from "./iam";
import { lambda } from "./lambda";
import { s3 } from "./s3";
/** Every rule of `policy/rules/services` has a case of each kind. */
export const foreignCases: readonly ForeignCase[] = [s3, ec2, iam, lambda].flatMap(casesOf);
