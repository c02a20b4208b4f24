import { set } from "../platform";
import { ref } from "../stack";
import { always, atFirst, type Cases, something } from "./case";

const rotation = (rotationRules: unknown) => set("database-rotation-master", { rotationRules });
const application = (parameters: unknown) => set("database-rotation-function", { parameters });

export const rotations: Cases = {
    mutations: [
        {
            rule: "secret-rotation-frequent",
            what: "a rotation every 100 days",
            change: rotation({ automaticallyAfterDays: 100 }),
            says: /^database-rotation-master: it rotates only every 100 days/,
        },
        {
            rule: "secret-rotation-frequent",
            what: "a rotation without rules",
            change: rotation(undefined),
            says: /rotationRules sets no interval/,
        },
        {
            rule: "rotation-function-in-vpc",
            what: "a function outside a VPC",
            change: application({ functionName: "f" }),
            says: /vpcSubnetIds is not among its parameters/,
        },
        {
            rule: "rotation-function-in-vpc",
            what: "a function behind the VPC's default security group",
            change: application({ vpcSubnetIds: ref("network-private-0") }),
            says: /vpcSecurityGroupIds is not among its parameters/,
        },
    ],
    unproved: [
        {
            rule: "secret-rotation-frequent",
            what: "an interval not known yet",
            change: rotation({ automaticallyAfterDays: something }),
            says: /automaticallyAfterDays is not known yet/,
            modes: atFirst,
        },
        {
            rule: "secret-rotation-frequent",
            what: "a schedule",
            change: rotation({ scheduleExpression: "rate(10 days)" }),
            says: /the interval of scheduleExpression/,
            modes: always,
        },
        {
            rule: "rotation-function-in-vpc",
            what: "subnets not known yet from an unrelated resource",
            change: application({ vpcSubnetIds: something, vpcSecurityGroupIds: something }),
            says: /vpcSubnetIds is not known yet, and does not come from this stack/,
            modes: atFirst,
        },
    ],
};
