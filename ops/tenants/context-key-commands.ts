import type { DatabaseCommands } from "../database/command-line";
import { withConnection } from "../database/connection";
import type { ChangeOptions } from "../options";
import { printer } from "../print";
import { type Change, recorded } from "../record";
import { databaseOutputs } from "../stack/outputs";
import { readSecret } from "../stack/secrets";
import { resolveTarget, type TargetOptions } from "../stack/target";
import { addContextKey, removeContextKey } from "./signed-context";

/** The commands on the keys that tenants' contexts are signed with. */
export function contextKeyCommands(
    stack: string | undefined,
    changeOf: (options: ChangeOptions, command: string, target: string) => Change,
): Pick<DatabaseCommands, "addContextKey" | "removeContextKey"> {
    return {
        async addContextKey(name, { secret, ...options }) {
            const print = printer(options);
            if (options.dryRun)
                return print(`The key ${name} would be added, from the secret ${secret}.`, { planned: name, secret });
            const { region, database } = databaseOutputs({ ...options, stack });
            const key = Buffer.from(await readSecret(secret, region), "base64");
            const result = await recorded(changeOf(options, `context-key add ${name}`, database), async () => {
                await asOwner({ ...options, stack }, (client) => addContextKey(client, name, key));
                return { added: name };
            });
            print(`Contexts are signed from now on, with ${name} or another key that was added.`, result);
        },
        async removeContextKey(name, options) {
            const print = printer(options);
            if (options.dryRun) return print(`The key ${name} would end.`, { planned: name });
            const connection = await resolveTarget({ ...options, stack });
            const change = changeOf(options, `context-key remove ${name}`, connection.database);
            const result = await recorded(change, async () => {
                await asOwner({ ...options, stack }, (client) => removeContextKey(client, name));
                return { removed: name };
            });
            print(`The key ${name} has ended.`, result);
        },
    };
}

async function asOwner(options: TargetOptions, work: Parameters<typeof withConnection<void>>[1]): Promise<void> {
    await withConnection(await resolveTarget(options), async (client) => {
        await client.query("SET ROLE tenants_owner");
        await work(client);
    });
}
