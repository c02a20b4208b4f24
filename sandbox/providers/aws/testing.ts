import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll } from "vitest";
import type { Properties } from "../../rpc/values";
import type { Created, Resource } from "../provider";
import { check } from "./check";
import { AwsProvider } from "./provider";

const folders: string[] = [];
afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder for accounts, deleted after the tests of the file. */
export function emptyAccounts(): string {
    const folder = mkdtempSync(path.join(tmpdir(), "plinth-accounts-"));
    folders.push(folder);
    return folder;
}

/** A provider of the stack dev in eu-west-1, in an account of its own unless others share it. */
export function providerInAccount(accounts = emptyAccounts(), region = "eu-west-1"): AwsProvider {
    const provider = new AwsProvider({ accounts, passphrase: "for tests", run: "this" });
    provider.enter("dev");
    provider.configure({ region });
    return provider;
}

/** Resources of a few types, by the names that a test gives the types, in an account of its own. */
export class TestAccount<Kind extends string> {
    readonly provider: AwsProvider;

    constructor(
        private readonly types: Record<Kind, string>,
        region?: string,
    ) {
        this.provider = providerInAccount(emptyAccounts(), region);
    }

    resource(kind: Kind): Resource {
        return { type: this.types[kind], name: `a-${kind}`, stack: "dev" };
    }

    made(kind: Kind, inputs: Properties): Created {
        return this.provider.create(this.resource(kind), inputs, false);
    }

    make(kind: Kind, inputs: Properties): string {
        return this.made(kind, inputs).id;
    }

    update(kind: Kind, id: string, inputs: Properties, preview = false): Properties {
        const stored = this.provider.read(this.resource(kind), id);
        if (!stored) throw new Error(`there is no ${kind} ${id}`);
        return this.provider.update(this.resource(kind), stored, inputs, preview);
    }

    remove(kind: Kind, id: string): void {
        this.provider.delete(this.resource(kind), { id, inputs: {}, outputs: {} });
    }
}

/** What the check says of inputs, as `property: reason`. */
export function checkFailures(type: string, inputs: Properties, region = "eu-west-1", old: Properties = {}): string[] {
    const place = { region, alsoOffered: [] };
    const { failures } = check({ type, name: "it", stack: "dev" }, old, inputs, place);
    return failures.map(({ property, reason }) => `${property}: ${reason}`);
}
