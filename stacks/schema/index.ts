import { z } from "zod";
import { tierNames } from "../tiers";
import { application } from "./application";
import { backup } from "./backup";
import { cache } from "./cache";
import { cluster } from "./cluster";
import { database } from "./database";
import { word } from "./form";
import { network } from "./network";
import { queue } from "./queue";
import { services } from "./services";

/**
 * The form of what a stack's configuration may say under `plinth:`: which settings there are, and of which type. What they
 * mean and what they are when left out stands with the components' specs; whether a value makes sense is for the
 * components' rules.
 */
export const settingsSchema = z
    .strictObject({
        /** How large all is unless said otherwise. */
        tier: word(tierNames, "a tier"),
        /** Whether what holds data is protected against deletion. By tier: false / false / true. */
        protect: z.boolean(),
        /** The one account that the stack may be made in: twelve digits, in quotes. */
        account: z.strictObject({ id: z.string() }).partial(),
        /** `owner`, `costCentre` (each the project's name unless given), and any others to put on every resource. */
        tags: z.record(z.string(), z.string()),
        network: network.partial(),
        /** What may connect to database and cache, by name. */
        clients: z.record(z.string(), z.strictObject({ securityGroupId: z.string() }).partial()),
        /** Or `false` for a platform without a database. */
        database: database.partial(),
        /** What AWS Backup does for the database; nothing unless given. */
        backup: backup.partial(),
        /** Or `false` for a platform without a cache. */
        cache: cache.partial(),
        /** Or `false` for a platform without a cluster and without repositories. */
        cluster: cluster.partial(),
        /** Queues by name. */
        queues: z.record(z.string(), queue.partial()),
        /** What runs in the cluster. */
        workloads: z.strictObject({ ...application, ...services }).partial(),
    })
    .partial();

export type Settings = z.infer<typeof settingsSchema>;
