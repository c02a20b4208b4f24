import { createReadStream, existsSync } from "node:fs";
import * as path from "node:path";
import { linesOf } from "./csv";
import { OfferError } from "./offer";
import { type OfferFile, type OfferName, offerFiles } from "./offers";

/** Where the files of the price list come from: the lines of one, or undefined where it is not there. */
export type OfferSource = (offer: OfferName, region: string) => Promise<AsyncIterable<string> | undefined>;

const list = "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws";

/**
 * Where AWS publishes a file, for everyone.
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-the-aws-price-list-bulk-api-fetching-price-list-files-manually.html
 */
export function addressOf({ code, scope }: OfferFile, region: string): string {
    return `${list}/${code}/current/${scope === "region" ? `${region}/` : ""}index.csv`;
}

/** AWS's own files, which are read as they come: that of EC2 has some hundred megabytes. */
export const fromNetwork: OfferSource = async (offer, region) => {
    const address = addressOf(offerFiles[offer], region);
    const response = await fetch(address).catch((error: unknown) => {
        throw unreachable(address, error);
    });
    if (!response.ok || response.body === null)
        throw new OfferError(
            `${address} answered ${response.status}: AWS has no prices of ${offer} in ${region}. Is that the name of a region?`,
        );
    return linesOf(received(address, response.body));
};

async function* received(address: string, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
        yield* body;
    } catch (error) {
        throw unreachable(address, error);
    }
}

function unreachable(address: string, error: unknown): OfferError {
    const { message, cause } = error instanceof Error ? error : { message: String(error), cause: undefined };
    const reason = cause instanceof Error ? cause.message : message;
    return new OfferError(
        `${address} could not be read (${reason}). Run this where that address can be reached, or get the files there and give their folder with --from`,
    );
}

/** Files in a folder, each with the name of its offer: `AmazonRDS.csv`. */
export function fromFolder(folder: string): OfferSource {
    const fileOf = (offer: string) => path.join(folder, `${offer}.csv`);
    if (!Object.keys(offerFiles).some((offer) => existsSync(fileOf(offer))))
        throw new OfferError(
            `${folder} has none of the files ${Object.keys(offerFiles)
                .map((offer) => `${offer}.csv`)
                .join(", ")}`,
        );
    return async (offer) => (existsSync(fileOf(offer)) ? linesOf(piecesOf(fileOf(offer))) : undefined);
}

/** A file is opened only where it is read. */
async function* piecesOf(file: string): AsyncGenerator<Uint8Array> {
    yield* createReadStream(file);
}
