import type { ApplicationSpec, MigrationSpec } from "@plinth/components";
import { z } from "zod";
import type { Fields } from "./form";

const migration = z.strictObject({
    image: z.string(),
    command: z.array(z.string()),
    userId: z.number(),
    timeoutSeconds: z.number(),
    retries: z.number(),
    run: z.number(),
} satisfies Fields<MigrationSpec>);

/** What the workloads share. */
export const application = {
    namespace: z.string(),
    configuration: z.record(z.string(), z.string()),
    migration: migration.partial(),
    databaseClientImage: z.string(),
    databaseAuthorities: z.string(),
    secretRefreshSeconds: z.number(),
    jwtSecretVersion: z.number(),
    keyDeletionWindowDays: z.number(),
    secretRecoveryWindowDays: z.number(),
} satisfies Fields<ApplicationSpec>;
