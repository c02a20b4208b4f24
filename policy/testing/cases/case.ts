import type { Change, PlatformName } from "../platform";
import { type Mode, ref } from "../stack";

/** A change to a platform that one rule, and no other, must report as a violation. */
export interface Mutation {
    readonly rule: string;
    readonly what: string;
    /** The recorded platform that is changed; `platform` by default. */
    readonly platform?: PlatformName;
    readonly change: Change;
    /** What the message contains, so that the rule reports the right reason. */
    readonly says: RegExp;
    /** Once AWS has filled in the default, the rule can only report that it cannot be proved. */
    readonly unprovedLater?: true;
}

/** A change to a platform after which one rule, and no other, must report that it cannot be proved. */
export interface UnprovedCase {
    readonly rule: string;
    readonly what: string;
    readonly platform?: PlatformName;
    readonly change: Change;
    readonly says: RegExp;
    /** Only resources of the stack keep it from being known, so the rule leaves it to the update unless it is told not to. */
    readonly postponed?: true;
    /** Other rules that need what is not known as well. */
    readonly also?: readonly string[];
    /** `always` when it stays unproved once all ids are known, else `atFirst`. */
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

/** An unknown output of a resource that no rule looks at. */
export const something = ref("network-nat-0", "publicIp");

/** A statement that allows public access. */
export const anyone = { Sid: "Anyone", Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
/** A rule of a network ACL that admits the VPC to a port. */
export const aclRule = (port: number) => ({
    ...{ ruleNo: port, action: "allow", protocol: "6", cidrBlock: "10.0.0.0/16" },
    ...{ fromPort: port, toPort: port },
});

export const publicPolicy = /statement "Anyone" of its policy allows public access/;
