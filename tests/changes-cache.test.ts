import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout } from "./checkout";

/** One resource in a preview, by its Pulumi name. */
interface Step {
    op: string;
    urn: string;
    diffReasons?: string[];
}

const checkout = new Checkout();
afterAll(() => checkout.remove());

/** Settings of the cache and queues, which a change adds to. */
const tier = "staging";
let cache: Record<string, unknown> = {};
const queue: Record<string, unknown> = {};
const tags: Record<string, string> = {};

function configure(): void {
    const settings = { "plinth:tier": tier, "plinth:tags": tags, "plinth:database": false, "plinth:protect": false };
    const values = {
        "aws:region": "eu-west-1",
        ...settings,
        "plinth:cache": cache,
        "plinth:queues": { orders: queue },
    };
    checkout.write("Pulumi.staging.yaml", JSON.stringify({ config: values })); // which is YAML too
}

/** What a preview plans, but for what stays as it is: `update cache-replication-group nodeType`. */
async function planned(): Promise<string[]> {
    configure();
    const text = await checkout.succeed("pulumi", "preview", "--stack", "staging", "--json");
    const { steps } = JSON.parse(text) as { steps: Step[] };
    return steps
        .filter(({ op }) => op !== "same" && op !== "read")
        .map(({ op, urn, diffReasons = [] }) =>
            [op, urn.split("::").at(-1), ...(op === "update" ? [...diffReasons].sort() : [])].join(" "),
        );
}

/** Makes what was planned, after which there is nothing more to do. */
async function carriedOut(): Promise<void> {
    await checkout.succeed("up", "staging", "--skip-preview");
    expect(await planned()).toEqual([]);
}

const aboutCache = (steps: string[]) => steps.filter((step) => /cache-(replication|parameter)-group/.test(step));

beforeAll(async () => {
    configure();
    await checkout.succeed("up", "staging", "--skip-preview");
});

describe("a living cache", () => {
    it("is updated in place while its token is rotated, and then while the old one is set aside", async () => {
        cache = { authTokenVersion: 2 };
        expect(aboutCache(await planned())).toEqual(["update cache-replication-group authToken"]);
        await carriedOut();
        cache = { ...cache, authTokenUpdateStrategy: "SET" };
        expect(await planned()).toEqual(["update cache-replication-group authTokenUpdateStrategy"]);
        await carriedOut();
    });

    it("is not touched by a snapshot, neither given nor taken away", async () => {
        cache = { ...cache, restoreFrom: "the-day-before" };
        expect(await planned()).toEqual([]);
    });
});
