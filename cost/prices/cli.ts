// `npm run prices`: a region's table of prices, from AWS's public price list.
import * as path from "node:path";
import { Command } from "commander";
import { runCommand } from "../command";
import { OfferError, readOffer } from "./offer";
import { fromFolder, fromNetwork, type OfferSource } from "./offer-source";
import { type OfferName, offerFiles } from "./offers";
import { type Quote, QuoteCollector } from "./quotes";
import { type Refresh, refresh } from "./refresh";
import { readTable, regionsIn, writeTable } from "./table-file";
import { counted, refreshText, refusalText } from "./text";

interface Options {
    from?: string;
    json?: boolean;
    force?: boolean;
}

const folder = path.join(process.cwd(), "cost/prices/data");

const program = new Command("npm run prices --")
    .description(
        "Refreshes the table of a region's prices, cost/prices/data/<region>.json, or makes that of a new region, from AWS's public price list. Needs the network, and no account.",
    )
    .argument("<region>", "the region, as AWS names it: eu-west-1")
    .option("--from <folder>", "read the files of the price list from a folder in the place of the network")
    .option("--json", "print what changed for machines")
    .option("--force", "take prices too that look like mistakes: read the list of them first")
    .showHelpAfterError()
    .exitOverride()
    .addHelpText("after", () =>
        [
            "",
            "Examples:",
            "  npm run prices -- eu-west-1",
            "  npm run prices -- eu-central-1                    a region that has no table yet",
            "  npm run prices -- eu-west-1 --from ~/price-list   with files that were downloaded elsewhere",
            "",
            "The files in the folder are named by their offer; one that is missing leaves its prices as they are:",
            `  ${Object.keys(offerFiles)
                .map((offer) => `${offer}.csv`)
                .join(" ")}`,
            "docs/cost-prices.md has their addresses. A price that the list does not have stays as it is and is named.",
            "Nothing is written where a price would more than double or halve, costs nothing, or is listed by another unit",
            "than expected. The table is written whole or not at all; git diff shows what changed.",
            `There are tables of ${regionsIn(folder).join(", ")}.`,
        ].join("\n"),
    )
    .action((region: string, options: Options) => run(region, options));

async function run(region: string, { from, json, force }: Options): Promise<void> {
    if (!/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(region))
        throw new OfferError(`${region} is not the name of a region, such as eu-west-1`);
    const { quotes, isComplete } = await quotesFrom(from === undefined ? fromNetwork : fromFolder(from), region);
    const result = refresh(readTable(folder, region), quotes, { region, isComplete });
    const isRefused = result.refused.length > 0 && force !== true;
    if (!isRefused) writeTable(folder, result.table);
    print(region, result, { json, isWritten: !isRefused });
    if (isRefused) throw new OfferError(refusalText(region, result.refused));
}

/** What the list has for our tables, file by file, and whether every file was there. */
async function quotesFrom(source: OfferSource, region: string): Promise<{ quotes: Quote[]; isComplete: boolean }> {
    const quotes: Quote[] = [];
    let isComplete = true;
    for (const offer of Object.keys(offerFiles) as OfferName[]) {
        const lines = await source(offer, region);
        if (!lines) {
            isComplete = false;
            progress(`${offer}: not in the folder`);
            continue;
        }
        progress(`${offer}…`);
        const collector = new QuoteCollector(offer, region);
        const header = await readOffer(offer, lines, collector.columns, (row) => collector.add(row));
        if (header.code !== offerFiles[offer].code)
            throw new OfferError(`${offer}.csv has the prices of ${header.code}: put it where ${header.code} belongs`);
        const found = collector.quotes(header);
        progress(
            `${offer}: ${counted(header.rows, "row")} of ${header.published}, ${counted(found.length, "price")} of ours`,
        );
        quotes.push(...found);
    }
    if (quotes.length === 0)
        throw new OfferError(`the files have no price of ${region}: are they those of another region?`);
    return { quotes, isComplete };
}

function progress(text: string): void {
    process.stderr.write(`${text}\n`);
}

function print(region: string, result: Refresh, { json, isWritten }: { json?: boolean; isWritten: boolean }): void {
    const { table, ...report } = result;
    const file = path.relative(process.cwd(), path.join(folder, `${region}.json`));
    const machine = { region, file, isWritten, validUntil: table.validUntil, ...report };
    process.stdout.write(
        json === true ? `${JSON.stringify(machine, undefined, 2)}\n` : refreshText(file, result, isWritten),
    );
}

runCommand(program, process.argv.slice(3), (error) => error instanceof OfferError);
