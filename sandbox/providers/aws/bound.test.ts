import { describe, expect, it } from "vitest";
import type { Properties, Value } from "../../rpc/values";
import { boundCode, outOfBounds } from "./bound";
import { factsOf } from "./facts";
import { type Bound, type BoundShape, patternOf, published } from "./published";
import { checkFailures } from "./testing";

/** A bound of an input, which stands in blocks as deep as its path. */
interface Bounded {
    type: string;
    path: string[];
    bound: Bound;
    /** Whether it is of the items of a list. */
    each: boolean;
}

const { types, shapes } = published();

function* boundsIn(type: string, shape: BoundShape, path: string[] = []): Generator<Bounded> {
    for (const [name, { each, block, ...bound }] of Object.entries(shape)) {
        const own = [...path, name];
        if (Object.keys(bound).length > 0) yield { type, path: own, bound, each: false };
        if (each) yield { type, path: own, bound: each, each: true };
        if (block) yield* boundsIn(type, shapes[block] ?? {}, own);
    }
}

const all = Object.entries(types).flatMap(([type, { inputs }]) => [...boundsIn(type, inputs)]);

/** The inputs in which the value stands at the path. */
function inputsWith({ path, each }: Pick<Bounded, "path" | "each">, value: Value): Properties {
    const [last = "", ...outer] = [...path].reverse();
    return outer.reduce<Properties>((inner, name) => ({ [name]: inner }), { [last]: each ? [value] : value });
}

/** Text of a length that the pattern takes, where some simple one does. */
function textOf(length: number, { pattern }: Bound): string | undefined {
    const candidates = ["a", "A", "1", "/", "arn:aws:", "alias/", "-"].flatMap((start) =>
        ["a", "1", "/a", ".a"].map((rest) => (start + rest.repeat(length)).slice(0, length)),
    );
    return candidates.find((text) => pattern === undefined || patternOf(pattern).test(text));
}

interface Probe {
    what: keyof Bound;
    value: Value;
}

/** Values one step outside of each bound. A length that no simple text of the pattern has is probed by any text: one of the two refuses it. */
function probesOf({ bound }: Bounded): Probe[] {
    const { pattern, enum: values, minimum, maximum, minLength, maxLength, minItems, maxItems } = bound;
    const text = (length: number) => textOf(length, bound) ?? "a".repeat(length);
    const outside = ["", " ", "é", "\u0001", "::", "a b", "*", "x".repeat(5000)].find(
        (candidate) => pattern !== undefined && !patternOf(pattern).test(candidate),
    );
    const probes: (Probe | false)[] = [
        values !== undefined && { what: "enum", value: `${values[0]}-` },
        outside !== undefined && { what: "pattern", value: outside },
        minimum !== undefined && { what: "minimum", value: minimum - 1 },
        maximum !== undefined && { what: "maximum", value: maximum + 1 },
        minLength !== undefined && { what: "minLength", value: text(minLength - 1) },
        maxLength !== undefined && { what: "maxLength", value: text(maxLength + 1) },
        minItems !== undefined && { what: "minItems", value: Array.from({ length: minItems - 1 }, () => "a") },
        maxItems !== undefined && { what: "maxItems", value: Array.from({ length: maxItems + 1 }, () => "a") },
    ];
    return probes.filter((probe) => probe !== false);
}

const where = ({ type, path }: Bounded) => `${type} ${path.join(".")}`;
const isOf = ({ path }: Bounded) => {
    const name = path.join(".");
    return (failure: { property: string }) => failure.property.replaceAll(/\[\d+\]/g, "") === name;
};

describe("what CloudFormation publishes of the inputs", () => {
    it("is refused one step outside of each bound, with the service's code", () => {
        let probed = 0;
        const accepted: string[] = [];
        for (const bounded of all) {
            for (const { what, value } of probesOf(bounded)) {
                probed++;
                const failures = [...outOfBounds(bounded.type, inputsWith(bounded, value))].filter(isOf(bounded));
                const refused = failures.some(({ reason }) => reason.startsWith(`${boundCode(bounded.type)}: Value `));
                if (!refused) accepted.push(`${where(bounded)} ${what} ${JSON.stringify(value)?.slice(0, 60)}`);
            }
        }
        console.log(`${all.length} constrained inputs of ${Object.keys(types).length} types, ${probed} bounds probed`);
        expect(accepted).toEqual([]);
        expect(probed).toBeGreaterThan(1500);
    });

    it("is accepted for every value that is listed", () => {
        let checked = 0;
        const refused: string[] = [];
        for (const bounded of all) {
            for (const value of bounded.bound.enum ?? []) {
                checked++;
                const failures = [...outOfBounds(bounded.type, inputsWith(bounded, value))].filter(isOf(bounded));
                for (const { reason } of failures) refused.push(`${where(bounded)} ${value}: ${reason}`);
            }
        }
        console.log(`${checked} listed values checked`);
        expect(refused).toEqual([]);
        expect(checked).toBeGreaterThan(1000);
    });

    it("is accepted at each bound, and just inside it", () => {
        const refused: string[] = [];
        for (const bounded of all) {
            const { minimum, maximum, minLength, maxLength } = bounded.bound;
            const lengths = [minLength, maxLength].filter((length) => length !== undefined);
            const isNumber = minimum !== undefined || maximum !== undefined;
            const texts = isNumber ? [] : lengths.flatMap((length) => textOf(length, bounded.bound) ?? []);
            for (const value of [minimum, maximum, ...texts]) {
                if (value === undefined || bounded.bound.enum) continue;
                const failures = [...outOfBounds(bounded.type, inputsWith(bounded, value))].filter(isOf(bounded));
                for (const { reason } of failures) refused.push(`${where(bounded)}: ${reason}`);
            }
        }
        expect(refused).toEqual([]);
    });

    it("names inputs that the SDK declares", () => {
        for (const { type, path } of all) expect(Object.keys(factsOf(type)?.inputs ?? {}), type).toContain(path[0]);
    });
});

/** Listed values that a rule refuses by itself, with the reason. */
const REFUSED: Record<string, string> = {
    "aws:appautoscaling/policy:Policy serviceNamespace": "only the readers of Aurora clusters are emulated",
    "aws:appautoscaling/target:Target serviceNamespace": "only the readers of Aurora clusters are emulated",
};

describe("the rules of the types", () => {
    it("refuse no value that CloudFormation lists, by itself", () => {
        const refused = new Set<string>();
        for (const bounded of all.filter(({ path }) => path.length === 1)) {
            for (const value of bounded.bound.enum ?? []) {
                const failures = checkFailures(bounded.type, inputsWith(bounded, value));
                // A combination is of several inputs, and so it says nothing of the value.
                const own = failures.filter((text) => text.startsWith(`${bounded.path[0]}: `));
                if (own.some((text) => !/Combination/.test(text))) refused.add(where(bounded));
            }
        }
        expect([...refused].sort()).toEqual(Object.keys(REFUSED));
    });

    it("say of a value that is out of bounds nothing more", () => {
        expect(checkFailures("aws:sqs/queue:Queue", { name: "q", delaySeconds: 901 })).toEqual([
            "delaySeconds: InvalidAttributeValue: Value '901' at 'delaySeconds' failed to satisfy constraint: Member must have value less than or equal to 900",
        ]);
    });
});

it("a value that is secret is shown to nobody", () => {
    const [failure] = checkFailures("aws:secretsmanager/secretVersion:SecretVersion", {
        secretId: "s",
        secretString: "x".repeat(65_537),
    });
    expect(failure).toMatch(/^secretString: ValidationException: Value at 'secretString' failed/);
});
