import { createHash } from "node:crypto";
import { existsSync, readdirSync, rmSync } from "node:fs";
import * as path from "node:path";
import { Journal } from "./journal";

/** The names that a resource will have once a previewed step is done. */
interface Claim {
    urn: string;
    names: string[];
    /** The key of the account's entity that is changed in place, where the step is an update. */
    entity?: string;
}

const FILE = /\.names-(\d+)(-\d+)?\.jsonl$/;

/**
 * The names that the previews of one engine command have given out, of which no two resources may have the same one. Nothing is in
 * the account yet at a preview, and every provider resource has a process of its own, so the ledger is a file that they share: who wrote first has the
 * name. It is of use for as long as the engine runs, and removed by a later command.
 */
export class Ledger {
    private readonly journal: Journal<Claim>;
    private readonly holders = new Map<string, string>();
    private readonly claims = new Map<string, Claim>();

    constructor(directory: string, stack: string, command = engineCommand()) {
        removeForgotten(directory);
        this.journal = new Journal(path.join(directory, `${stack}.names-${command}.jsonl`), { survivesCrash: false });
    }

    /**
     * Notes that `urn` will have `names` and no others, and returns the first of them that another resource has, with its URN. `entity` is the key of what
     * is changed in place.
     */
    claim(urn: string, names: string[], entity?: string): { name: string; urn: string } | undefined {
        this.journal.append({ urn, names: names.map(digest), entity });
        this.catchUp();
        for (const name of names) {
            const holder = this.holders.get(digest(name));
            if (holder !== undefined && holder !== urn) return { name, urn: holder };
        }
        return undefined;
    }

    /** Whether the entity of that key gives the name up, in place. */
    isGivenUp(entity: string, name: string): boolean {
        this.catchUp();
        return [...this.claims.values()].some(
            (claim) => claim.entity === entity && !claim.names.includes(digest(name)),
        );
    }

    private catchUp(): void {
        for (const claim of this.journal.news()) {
            for (const name of this.claims.get(claim.urn)?.names ?? []) {
                if (this.holders.get(name) === claim.urn && !claim.names.includes(name)) this.holders.delete(name);
            }
            for (const name of claim.names) if (!this.holders.has(name)) this.holders.set(name, claim.urn);
            this.claims.set(claim.urn, claim);
        }
    }
}

/** Tells the command of the engine that started this plugin from every other: its process, and the port that it gave to its plugins. */
function engineCommand(): string {
    const [, port] = /^127\.0\.0\.1:(\d+)$/.exec(process.argv[2] ?? "") ?? [];
    return port === undefined ? String(process.ppid) : `${process.ppid}-${port}`;
}

/** A name may be secret, and the ledger is readable text. */
function digest(name: string): string {
    return createHash("sha256").update(name).digest("base64url");
}

/** Removes the ledgers of engines that have ended. */
function removeForgotten(directory: string): void {
    for (const file of existsSync(directory) ? readdirSync(directory) : []) {
        const [, engine] = FILE.exec(file) ?? [];
        if (engine !== undefined && !isRunning(Number(engine))) rmSync(path.join(directory, file), { force: true });
    }
}

function isRunning(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}
