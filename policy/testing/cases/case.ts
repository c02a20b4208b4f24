import type { Change, PlatformName } from "../platform";
import { type Mode, ref } from "../stack";

/** A change to the platform that one rule, and no other, must report as a violation. */
export interface Mutation {
    readonly rule: string;
    readonly what: string;
    /** The recorded platform that is changed, unless it is `platform`. */
    readonly platform?: PlatformName;
    readonly change: Change;
    /** What the message says, so that the rule fires for the right reason. */
    readonly says: RegExp;
    /** Once AWS has filled in what was left out, the rule can only say that it cannot prove it. */
    readonly unprovedLater?: true;
}

/** A change to the platform after which one rule, and no other, can prove nothing, so that it must report that. */
export interface UnprovedCase {
    readonly rule: string;
    readonly what: string;
    readonly platform?: PlatformName;
    readonly change: Change;
    readonly says: RegExp;
    /** `always` when knowing all ids does not help, `atFirst` when it does. */
    readonly modes: readonly Mode[];
}

export interface Cases {
    readonly mutations: readonly Mutation[];
    readonly unproved: readonly UnprovedCase[];
}

export const always: readonly Mode[] = ["fresh", "updated"];
export const atFirst: readonly Mode[] = ["fresh"];

/** The same cases, of another platform. */
export const on = (platform: PlatformName, { mutations, unproved }: Cases): Cases => ({
    mutations: mutations.map((one) => ({ ...one, platform })),
    unproved: unproved.map((one) => ({ ...one, platform })),
});

/** Something not known yet that no rule can make anything of. */
export const something = ref("network-nat-0", "publicIp");

/** A statement that lets anyone in, and what is said of it. */
export const anyone = { Sid: "Anyone", Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
/** A rule of a network ACL that admits the VPC to a port. */
export const aclRule = (port: number) => ({
    ...{ ruleNo: port, action: "allow", protocol: "6", cidrBlock: "10.0.0.0/16" },
    ...{ fromPort: port, toPort: port },
});

export const publicPolicy = /statement "Anyone" of its policy allows public access/;
