import type { MadeOf, SpecsOf } from "../part";
import { backupPart } from "./backup";
import { cachePart } from "./cache";
import { clientsPart } from "./clients";
import { clusterPart } from "./cluster";
import { costPart } from "./cost";
import { databasePart } from "./database";
import { monitoringPart } from "./monitoring";
import { networkPart } from "./network";
import { notificationsPart } from "./notifications";
import { observabilityPart } from "./observability";
import { queuesPart } from "./queues";
import { registryPart } from "./registry";
import { workloadsPart } from "./workloads";

/**
 * The parts of the platform, each after those that it needs. Everything else that knows the parts is made from this list:
 * the program, the schema, the names that are reserved, the outputs and the documentation.
 */
export const parts = [
    notificationsPart,
    networkPart,
    clientsPart,
    databasePart,
    backupPart,
    cachePart,
    queuesPart,
    clusterPart,
    registryPart,
    monitoringPart,
    workloadsPart,
    observabilityPart,
    costPart,
] as const;

type Parts = (typeof parts)[number];
type ByKey = { [P in Parts as P["key"]]: P };

/** What each part's settings come to, by its key. */
export type PartSpecs = SpecsOf<ByKey>;

/** What is created of each part, by its key. */
export type PartsMade = MadeOf<ByKey>;
