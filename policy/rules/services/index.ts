import type { Rule } from "../../rule";
import { ec2Rules } from "./ec2";
import { iamRules } from "./iam";
import { lambdaRules } from "./lambda";
import { s3Rules } from "./s3";
/** What the pack requires of services that anybody's program may use, service by service. */
export const serviceRules: readonly Rule[] = [...s3Rules, ...ec2Rules, ...iamRules, ...lambdaRules];
