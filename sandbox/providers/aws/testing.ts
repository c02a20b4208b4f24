import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll } from "vitest";
import { AwsProvider } from "./provider";

const folders: string[] = [];
afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder for accounts, which is gone when the file's tests are over. */
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
