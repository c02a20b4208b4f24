import { UnemulatedList } from "../account/unemulated";

/** The folder of the emulated accounts, one file for each stack. */
export const ACCOUNTS_VARIABLE = "PLINTH_SANDBOX_ACCOUNTS";

/** The id of the run. Every process that a command starts inherits it, so that recovery can find them. */
export const RUN_VARIABLE = "PLINTH_SANDBOX_RUN";

/** The passphrase that encrypts the secrets of the state and of the accounts. The engine reads it too. */
export const PASSPHRASE_VARIABLE = "PULUMI_CONFIG_PASSPHRASE";

/** How what the emulation does not know is treated, and the file in which it is listed: `list /path`. */
export const UNEMULATED_VARIABLE = "PLINTH_SANDBOX_UNEMULATED";

/** What a provider reads from the environment that the launcher prepared. */
export interface ProviderEnvironment {
    /** The folder of the emulated accounts. */
    accounts: string;
    passphrase: string;
    /** The id of the run that started the provider. */
    run: string;
    /** @default what the emulation does not know is refused */
    unemulated?: UnemulatedList;
}

export function providerEnvironment(): ProviderEnvironment {
    const { env } = process;
    const [mode = "refuse", file = ""] = (env[UNEMULATED_VARIABLE] ?? "").split(/ (.*)/s);
    return {
        accounts: env[ACCOUNTS_VARIABLE] ?? "",
        passphrase: env[PASSPHRASE_VARIABLE] ?? "",
        run: env[RUN_VARIABLE] ?? "",
        unemulated: new UnemulatedList(mode === "generic" || mode === "list" ? mode : "refuse", file),
    };
}
