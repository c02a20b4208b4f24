import type { Change } from "../platform";
import { type Mode, ref } from "../stack";

/** A change to the platform that one rule, and no other, must report as a violation. */
export interface Mutation {
    readonly rule: string;
    readonly what: string;
    readonly change: Change;
    /** What the message says, so that the rule fires for the right reason. */
    readonly says: RegExp;
    /** Once AWS has filled in what was left out, the rule can only say that it cannot prove it. */
    readonly unprovedLater?: true;
}

/** A change to the platform after which one rule, and no other, can prove nothing, so that it must report that. */
export interface Doubt {
    readonly rule: string;
    readonly what: string;
    readonly change: Change;
    readonly says: RegExp;
    /** `always` when knowing all ids does not help, `atFirst` when it does. */
    readonly modes: readonly Mode[];
}

export interface Cases {
    readonly mutations: readonly Mutation[];
    readonly doubts: readonly Doubt[];
}

export const always: readonly Mode[] = ["fresh", "updated"];
export const atFirst: readonly Mode[] = ["fresh"];

/** Something not known yet that no rule can make anything of. */
export const something = ref("network-nat-0", "publicIp");

/** A statement that lets anyone in, and what is said of it. */
export const anyone = { Sid: "Anyone", Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
export const publicPolicy = /statement "Anyone" of its policy lets anyone in/;
