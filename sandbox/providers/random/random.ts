import { randomInt } from "node:crypto";
import { version } from "@pulumi/random/package.json";
import { Secret, UNKNOWN } from "../../rpc/values";
import { changesBetween } from "../diff";
import type { Checked, Difference, Properties, Provider, Resource, Stored } from "../provider";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const DIGITS = "0123456789";
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

/** A set of characters for a password, and the minimum number of them. */
interface Alphabet {
    characters: string;
    minimum: number;
}

const PASSWORD = "random:index/randomPassword:RandomPassword";
const PASSWORD_INPUTS = new Set([
    ...["length", "keepers", "overrideSpecial"],
    ...["lower", "upper", "number", "numeric", "special"],
    ...["minLower", "minUpper", "minNumeric", "minSpecial"],
]);

/** Emulates the random provider, for the resources that the platform uses. Like the real one, it keeps its results only in the state. */
export class RandomProvider implements Provider {
    readonly package = "random";
    readonly version = version;

    inputNames(): Record<string, string[]> {
        return { [PASSWORD]: [...PASSWORD_INPUTS] };
    }

    configure(): void {}

    check(resource: Resource, _old: Properties, inputs: Properties): Checked {
        if (resource.type !== PASSWORD) {
            const reason = `the sandbox does not emulate ${resource.type}: add it to sandbox/providers/random/random.ts`;
            return { inputs, failures: [{ property: "", reason }] };
        }
        const failures = Object.keys(inputs)
            .filter((name) => !PASSWORD_INPUTS.has(name) && !name.startsWith("__"))
            .map((property) => ({ property, reason: `${property} is no input of ${resource.type}` }));
        if (typeof inputs.length === "number" && inputs.length < 1) {
            failures.push({ property: "length", reason: `length must be at least 1, got ${inputs.length}` });
        }
        const needed = alphabets(inputs).reduce((sum, { minimum }) => sum + minimum, 0);
        if (typeof inputs.length === "number" && inputs.length < needed) {
            failures.push({ property: "length", reason: `length must be at least ${needed}, the sum of the minimums` });
        }
        return { inputs, failures };
    }

    /** The result depends on every input, so any change replaces it. */
    diff(_resource: Resource, old: Stored, inputs: Properties): Difference {
        const changes = changesBetween(old.inputs, inputs);
        const replaces = [...new Set(changes.map(({ path }) => String(path[0])))];
        return { changes, replaces, deleteBeforeReplace: false };
    }

    create(_resource: Resource, inputs: Properties, preview: boolean): { id: string; outputs: Properties } {
        if (preview) return { id: "", outputs: { ...inputs, result: new Secret(UNKNOWN) } };
        const outputs = { ...inputs, result: new Secret(password(Number(inputs.length), alphabets(inputs))) };
        return { id: "none", outputs };
    }

    read(_resource: Resource, _id: string, known: Stored): Stored | undefined {
        return "result" in known.outputs ? known : undefined;
    }

    update(_resource: Resource, old: Stored): Properties {
        return old.outputs;
    }

    delete(): void {}

    invoke(token: string): Properties {
        throw new Error(`the sandbox does not emulate ${token}`);
    }
}

function alphabets(inputs: Properties): Alphabet[] {
    const special = typeof inputs.overrideSpecial === "string" ? inputs.overrideSpecial : SPECIAL;
    const sets = [
        { characters: LOWER, use: inputs.lower, minimum: inputs.minLower },
        { characters: UPPER, use: inputs.upper, minimum: inputs.minUpper },
        { characters: DIGITS, use: inputs.numeric ?? inputs.number, minimum: inputs.minNumeric },
        { characters: special, use: inputs.special, minimum: inputs.minSpecial },
    ];
    return sets
        .filter(({ use }) => use !== false)
        .map(({ characters, minimum }) => ({ characters, minimum: typeof minimum === "number" ? minimum : 0 }));
}

function password(length: number, sets: Alphabet[]): string {
    const pick = (characters: string) => characters[randomInt(characters.length)] ?? "";
    const needed = sets.flatMap(({ characters, minimum }) => Array.from({ length: minimum }, () => pick(characters)));
    const all = sets.map(({ characters }) => characters).join("");
    const drawn = [...needed, ...Array.from({ length: length - needed.length }, () => pick(all))];
    for (let index = drawn.length - 1; index > 0; index--) {
        const other = randomInt(index + 1);
        [drawn[index], drawn[other]] = [drawn[other] ?? "", drawn[index] ?? ""];
    }
    return drawn.join("");
}
