import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { OfferError } from "./offer";
import { fromFolder, fromNetwork } from "./offer-source";
import type { OfferName } from "./offers";

afterEach(() => {
    vi.unstubAllGlobals();
});

const linesFrom = async (offer: OfferName) => collected(await fromNetwork(offer, "eu-west-3"));

async function collected(lines: AsyncIterable<string> | undefined): Promise<string[]> {
    const result: string[] = [];
    for await (const line of lines ?? []) result.push(line);
    return result;
}

function answering(answer: () => Promise<Response>) {
    const asked = vi.fn((_: string) => answer());
    vi.stubGlobal("fetch", asked);
    return asked;
}

/** A body that ends with an error after its first bytes, as where a connection breaks. */
const broken = () =>
    new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new TextEncoder().encode('"FormatVersion","v1.0"\n"Discl')),
        pull: (controller) => controller.error(new TypeError("terminated")),
    });

describe("the network", () => {
    it.each<[OfferName, string]>([
        ["AmazonRDS", "AmazonRDS/current/eu-west-3/index.csv"],
        ["AmazonRoute53", "AmazonRoute53/current/index.csv"],
        ["AmazonCloudWatch-global", "AmazonCloudWatch/current/index.csv"],
    ])("has %s at %s", async (offer, address) => {
        const asked = answering(async () => new Response("a\nb\n"));
        expect(await linesFrom(offer)).toEqual(["a", "b"]);
        expect(asked).toHaveBeenCalledExactlyOnceWith(
            `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/${address}`,
        );
    });

    it("is one clear error where there is none", async () => {
        answering(() => Promise.reject(new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND") })));
        await expect(linesFrom("AmazonRDS")).rejects.toThrow(
            /could not be read \(getaddrinfo ENOTFOUND\)\. Run this where .* or .* --from/,
        );
    });

    it("is an error where it breaks within a file", async () => {
        answering(async () => new Response(broken()));
        await expect(linesFrom("AmazonRDS")).rejects.toThrow(/could not be read \(terminated\)/);
    });

    it("is an error where AWS has no such file", async () => {
        answering(async () => new Response("", { status: 403 }));
        await expect(linesFrom("AmazonRDS")).rejects.toThrow("AWS has no prices of AmazonRDS in eu-west-3");
    });
});

describe("a folder", () => {
    it("has some of the files", async () => {
        const folder = mkdtempSync(path.join(tmpdir(), "plinth-prices-"));
        try {
            expect(() => fromFolder(folder)).toThrow(OfferError);
            writeFileSync(path.join(folder, "AmazonRDS.csv"), "a\n");
            expect(await collected(await fromFolder(folder)("AmazonRDS", "eu-west-1"))).toEqual(["a"]);
            expect(await fromFolder(folder)("AmazonEC2", "eu-west-1")).toBeUndefined();
        } finally {
            rmSync(folder, { recursive: true });
        }
    });
});
