import { RUN_VARIABLE } from "../../launcher/runs";
import { serveProvider } from "../grpc";
import { AwsProvider } from "./provider";

serveProvider(
    new AwsProvider({
        accounts: process.env.PLINTH_SANDBOX_ACCOUNTS ?? "",
        passphrase: process.env.PULUMI_CONFIG_PASSPHRASE ?? "",
        run: process.env[RUN_VARIABLE] ?? "",
    }),
);
