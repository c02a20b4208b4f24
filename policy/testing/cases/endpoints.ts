import { types } from "../../graph/types";
import { adding, both, set, statement, statements } from "../platform";
import { ref } from "../stack";
import { always, anyone, atFirst, type Cases, something } from "./case";

const rule = "endpoint-policy-bound";
const withPolicy = (policy: unknown) => set("network-endpoints-sts", { policy });

const withPolicyApart = (policy: unknown) =>
    adding({
        type: types.vpcEndpointPolicy,
        name: "apart",
        props: { vpcEndpointId: ref("network-endpoints-sts"), policy },
    });

export const endpoints: Cases = {
    mutations: [
        {
            rule,
            what: "an endpoint with AWS's default policy",
            change: withPolicy(undefined),
            says: /^network-endpoints-sts: (it has no policy|statement number 1 of its policy allows every principal)/,
        },
        {
            rule,
            what: "an endpoint that allows everything in a second statement",
            change: statements("network-endpoints-sts", (...own) => [...own, anyone]),
            says: /statement "Anyone" of its policy allows every principal to use every resource/,
        },
        {
            rule,
            what: "an endpoint to every bucket",
            change: withPolicy(statement({ ...anyone, Resource: ["arn:aws:s3:::mine/*", "arn:aws:s3:::*"] })),
            says: /statement "Anyone"/,
        },
        {
            rule,
            what: "an endpoint with a policy apart from it that allows everything",
            change: both(withPolicy(undefined), withPolicyApart(statement(anyone))),
            says: /statement "Anyone" of its policy allows every principal/,
        },
    ],
    unproved: [
        {
            rule,
            what: "an endpoint's policy not known yet",
            postponed: true,
            change: withPolicy(something),
            says: /its policy is not known yet/,
            modes: atFirst,
        },
        {
            rule,
            what: "an endpoint's policy that is not valid",
            change: withPolicy("{"),
            says: /its policy is not a valid policy document/,
            modes: always,
        },
    ],
};
