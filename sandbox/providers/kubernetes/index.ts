import { RUN_VARIABLE } from "../../launcher/runs";
import { serveProvider } from "../grpc";
import { KubernetesProvider } from "./provider";

serveProvider(
    new KubernetesProvider({
        accounts: process.env.PLINTH_SANDBOX_ACCOUNTS ?? "",
        passphrase: process.env.PULUMI_CONFIG_PASSPHRASE ?? "",
        run: process.env[RUN_VARIABLE] ?? "",
    }),
);
