import type { View } from "../graph/graph";
import { field, text } from "../graph/reading";
import { types } from "../graph/types";
import type { Rule } from "../rule";
import { all, satisfied, unknown, type Verdict, violated } from "../verdict";

/** The longest interval between two rotations that Security Hub accepts. */
const mostDays = 90;

const secretRotationFrequent: Rule = {
    id: "secret-rotation-frequent",
    title: `Secret rotations run at least every ${mostDays} days`,
    severity: "medium",
    enforcement: "mandatory",
    controls: { securityHub: ["SecretsManager.4"] },
    remedy: `Set rotationRules.automaticallyAfterDays to ${mostDays} or less.`,
    appliesTo: [types.secretRotation],
    judge: (rotation) => {
        const days = field(rotation.read("rotationRules"), "automaticallyAfterDays");
        if (days.is === "unknown") return unknown("automaticallyAfterDays is not known yet");
        const given = text(days);
        if (given !== undefined)
            return Number(given) <= mostDays ? satisfied : violated(`it rotates only every ${given} days`);
        const schedule = field(rotation.read("rotationRules"), "scheduleExpression");
        return schedule.is === "absent"
            ? violated("rotationRules sets no interval")
            : unknown("the interval of scheduleExpression");
    },
};

const rotationFunctionInVpc: Rule = {
    id: "rotation-function-in-vpc",
    title: "Rotation functions run in a VPC, with security groups of their own",
    severity: "medium",
    enforcement: "mandatory",
    controls: { securityHub: ["Lambda.3"], checkov: ["CKV_AWS_117"] },
    remedy: "Set vpcSubnetIds and vpcSecurityGroupIds in the application's parameters.",
    appliesTo: [types.serverlessApplication],
    judge: (application) =>
        all([
            mustName(application, "vpcSubnetIds", [types.subnet]),
            mustName(application, "vpcSecurityGroupIds", [types.securityGroup]),
        ]),
};

/** The parameter must be set. An unknown value counts when the parameters are computed from resources of these types. */
function mustName(application: View, parameter: string, sources: readonly string[]): Verdict {
    const reading = field(application.read("parameters"), parameter);
    if (reading.is === "known") return satisfied;
    if (reading.is === "absent") return violated(`${parameter} is not among its parameters`);
    return application.follow("parameters", sources).length > 0
        ? satisfied
        : unknown(`${parameter} is not known yet, and does not come from this stack`);
}

export const rotationRules: readonly Rule[] = [secretRotationFrequent, rotationFunctionInVpc];
