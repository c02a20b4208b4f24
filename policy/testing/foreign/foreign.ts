import type * as pulumi from "@pulumi/pulumi";
import { type Declared, read, ref } from "../stack";

/* Resources of programs that nobody here wrote, one rule at a time. */

/** A value that the program computes from other resources. */
type Computed = ReturnType<typeof ref>;

/** Inputs as a case gives them: what does not matter is left out, any part may be computed. */
type Partly<Value> = Value extends readonly (infer Element)[]
    ? readonly (Partly<Element> | Computed)[]
    : Value extends object
      ? { readonly [Key in keyof Value]?: Partly<Value[Key]> | Computed }
      : Value | Computed;

/** The class of a resource in a provider's SDK. */
type ResourceClass<Args> = abstract new (name: string, args: Args, options?: pulumi.CustomResourceOptions) => object;

/** A resource, with its type and its inputs as the SDK declares them. */
export function made<Args>(
    resource: ResourceClass<Args>,
    name: string,
    props: Partly<pulumi.Unwrap<NonNullable<Args>>>,
): Declared {
    const type: unknown = Reflect.get(resource, "__pulumiType");
    if (typeof type !== "string") throw new Error(`${resource.name} is not a resource`);
    return { type, name, props: props as Declared["props"] };
}

/** A policy document as text. */
export const policy = (...statements: object[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** A value of a resource that the program only reads: it is unknown at the first preview. */
export const later = read("elsewhere");

/** Resources on which a rule has a known verdict. */
export interface ForeignCase {
    readonly rule: string;
    /** What is reported; undefined when the rule is satisfied. */
    readonly says?: RegExp;
    /** Whether it is reported as what cannot be proved, which is so at the first preview only. */
    readonly unproved?: true;
    /** The rule that leaves it to this one to report that. */
    readonly insteadOf?: string;
    readonly resources: readonly Declared[];
}

/** The cases of one rule. */
export interface RuleCases {
    /** Resources that satisfy the rule, each list a program. What is absent where AWS's default is right belongs here. */
    readonly sound: readonly (readonly Declared[])[];
    readonly bad: readonly (readonly [RegExp, ...Declared[]])[];
    readonly unproved: readonly (readonly [RegExp, ...Declared[]])[];
    /** The rule that reports what cannot be proved, when several judge the same document. */
    readonly unprovedBy?: string;
}

/** The inputs of one resource in each case. */
interface InputCases<Props> {
    readonly sound: readonly Props[];
    readonly bad: readonly (readonly [RegExp, Props])[];
    readonly unproved: readonly (readonly [RegExp, Props])[];
    readonly unprovedBy?: string;
}

/** The cases of a rule on one resource, by its inputs. */
export function on<Args>(
    resource: ResourceClass<Args>,
    { sound, bad, unproved, unprovedBy }: InputCases<Partly<pulumi.Unwrap<NonNullable<Args>>>>,
    ...others: readonly Declared[]
): RuleCases {
    const one = (props: Partly<pulumi.Unwrap<NonNullable<Args>>>) => made(resource, "it", props);
    return {
        sound: sound.map((props) => [one(props), ...others]),
        bad: bad.map(([says, props]) => [says, one(props), ...others]),
        unproved: unproved.map(([says, props]) => [says, one(props), ...others]),
        ...(unprovedBy && { unprovedBy }),
    };
}

/** The cases of a wish for a customer managed key, named at a dotted path, `[]` for the only element of a list. */
export function keyed(resource: ResourceClass<never>, path: string, keyless: object = {}): RuleCases {
    const withKey = (key: unknown): object =>
        path.split(".").reduceRight<unknown>((value, step) => {
            return { [step.replace("[]", "")]: step.endsWith("[]") ? [value] : value };
        }, key) as object;
    const it = (props: object) => made<object>(resource as ResourceClass<object>, "it", { ...keyless, ...props });
    const key: Declared = { type: "aws:kms/key:Key", name: "key", props: {} };
    return {
        sound: [[key, it(withKey(ref("key", "arn")))]],
        bad: [
            [/names no key, so an AWS managed key would be used/, it({})],
            [/names an AWS managed key/, it(withKey("alias/aws/service"))],
        ],
        unproved: [[/does not come from a KMS key of this stack/, it(withKey(later))]],
    };
}

/** The cases of both. */
export const together = (...all: readonly RuleCases[]): RuleCases => ({
    sound: all.flatMap(({ sound }) => sound),
    bad: all.flatMap(({ bad }) => bad),
    unproved: all.flatMap(({ unproved }) => unproved),
    unprovedBy: all.find(({ unprovedBy }) => unprovedBy)?.unprovedBy,
});

export type ForeignCases = Readonly<Record<string, RuleCases>>;

/** The cases one by one. */
export function casesOf(all: ForeignCases): ForeignCase[] {
    return Object.entries(all).flatMap(([rule, { sound, bad, unproved, unprovedBy }]) => [
        ...sound.map((resources) => ({ rule, resources })),
        ...bad.map(([says, ...resources]) => ({ rule, says, resources })),
        ...unproved.map(([says, ...resources]) => ({
            ...{ rule: unprovedBy ?? rule, says, unproved: true as const, resources },
            ...(unprovedBy && { insteadOf: rule }),
        })),
    ]);
}
