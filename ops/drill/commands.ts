import { randomBytes } from "node:crypto";
import * as path from "node:path";
import type { RDSClient } from "@aws-sdk/client-rds";
import type { Command } from "commander";
import { availableSnapshots, latestRestorable } from "../database/backups";
import { withConnection } from "../database/connection";
import { withRds } from "../database/rds";
import { findingsText } from "../finding";
import { interruptible } from "../interrupt";
import { exitCodes, OpsError, Refusal } from "../ops-error";
import { type ChangeOptions, changing, numberOf } from "../options";
import { printer, progress } from "../print";
import { recorded } from "../record";
import { originOf } from "../restore/plan";
import { type DatabaseOutputs, databaseOutputs } from "../stack/outputs";
import { reachServer, resolveTarget, type TargetOptions } from "../stack/target";
import { clusterServer } from "./cluster-server";
import { type DrillTools, notOurs, runDrill, takeDown } from "./drill";
import { evidenceOf, writeEvidence } from "./evidence";
import type { Goals } from "./findings";
import { readInventory } from "./inventory";
import { type DrillServer, instanceServer, type RestoreRequest } from "./server";
import { DrillFile, type DrillOrigin, type DrillState, refuseRunning } from "./state";

export interface DrillOptions extends TargetOptions, ChangeOptions {
    snapshot?: string;
    at?: string;
    class?: string;
    rpo?: string;
    rto?: string;
    limit: string;
    evidence?: string;
    restoredHost?: string;
    restoredPort?: string;
    cleanUp?: boolean;
}

/** Adds the command of the drill. */
export function addDrillCommand(command: Command, run: (options: DrillOptions) => Promise<void>): void {
    changing(command)
        .description(
            "Restore the newest backup beside the living database, look at every row, write the evidence, and take it down again.",
        )
        .option("--snapshot <id>", "this snapshot; the newest one without it")
        .option("--at <moment>", "a moment of RDS's own backups instead, in UTC, or latest")
        .option("--class <class>", "the class of the restored one; the living one's without it")
        .option("--rpo <hours>", "the drill is not passed if more would be lost")
        .option("--rto <minutes>", "the drill is not passed if it takes longer")
        .option("--limit <hours>", "give up if RDS has not restored it by then", "12")
        .option(
            "--evidence <folder>",
            "where the evidence is written; `drills` in the folder of the records without it",
        )
        .option("--restored-host <host>", "where to connect to the restored one, if it is the near end of a tunnel")
        .option("--restored-port <port>", "its port")
        .option("--clean-up", "only take down what a drill left, on this machine or another")
        .action(run);
}

/** Runs a drill, or what is left of one. */
export async function drill(
    stack: string | undefined,
    end: (code: number) => void,
    options: DrillOptions,
): Promise<void> {
    if (stack === undefined) throw new Refusal("give a stack first: npm run ops -- <stack> …");
    if (options.snapshot !== undefined && options.at !== undefined)
        throw new OpsError("give --snapshot or --at, not both");
    const goals: Goals = {
        rpoSeconds: options.rpo === undefined ? undefined : numberOf("--rpo", options.rpo, 0) * 3600,
        rtoSeconds: options.rto === undefined ? undefined : numberOf("--rto", options.rto, 0) * 60,
    };
    const limitSeconds = numberOf("--limit", options.limit, 0.01, 168) * 3600;
    const outputs = databaseOutputs({ ...options, stack });
    if (outputs.engine === "mysql") throw new Refusal("the drill is for PostgreSQL, and the database is MySQL");
    const source = sourceOf(outputs);
    const name = drillName(source);
    const folder = options.records ?? ".ops";
    const file = new DrillFile(folder, stack);
    await withRds(outputs.region, async (client) => {
        const begun = file.read();
        if (begun) refuseRunning(begun, file.file);
        if (begun && begun.source !== source)
            throw new Refusal(
                `${file.file} is of the drill of ${begun.source}: --clean-up with that one's outputs first`,
            );
        const print = printer(options);
        const serverOf = (origin: RestoreRequest["origin"]) =>
            drillServer(client, outputs, { source, name, origin, class: options.class });
        if (options.cleanUp) {
            const server = await serverOf({ latest: true });
            const found = await server.state();
            const foreign = found && notOurs(found, source);
            if (foreign) throw new Refusal(`${name} is not deleted: ${foreign}`);
            const made = found ? [name] : [];
            if (options.dryRun) return print(`${made.join() || "Nothing"} would be deleted.`, { deleted: made });
            const change = { stack, records: options.records, command: "database drill --clean-up", target: name };
            const result = await recorded(change, async () => {
                await takeDown({ name, source }, { server });
                file.remove();
                return { deleted: made };
            });
            return print(`${made.join() || "Nothing"} was deleted.`, result);
        }
        const state = begun
            ? { ...begun, pid: process.pid, resumed: begun.resumed + 1 }
            : await planDrill(client, outputs, stack, options);
        const server = await serverOf(requestOf(state.origin));
        if (!begun) await refuseExisting(server, name);
        const planned = { name, source, origin: state.origin, resumed: begun !== undefined };
        if (options.dryRun)
            return print(
                `${name} would be restored from ${originText(state.origin)}, looked at and deleted${begun ? ", as far as it is not yet" : ""}.`,
                planned,
            );
        if (begun) progress(`the drill of ${begun.startedAt} was not ended: it goes on`);
        const change = { stack, records: options.records, command: "database drill", target: source, plan: planned };
        const result = await recorded(change, async () => {
            if (begun) file.write(state);
            else file.begin(state);
            const ended = await interruptible((signal) =>
                runDrill(state, { file, server, signal, limitSeconds, connect: connector(options, outputs) }),
            );
            const evidence = evidenceOf(ended, goals);
            const files = writeEvidence(options.evidence ?? path.join(folder, "drills"), evidence);
            // The last step: without the file, nothing of the drill is left to do.
            file.remove();
            return { passed: evidence.passed, failure: ended.failure, ...files, findings: evidence.findings };
        });
        const verdict = result.passed ? "The drill is passed" : "The drill is not passed";
        print(`${findingsText(result.findings)}\n${verdict}; the evidence is in ${result.markdown} and .json.`, result);
        if (result.failure !== undefined) end(exitCodes.failed);
        else if (!result.passed) end(exitCodes.unhealthy);
    });
}

/**
 * The name of the database that a drill makes. It is always the same, and RDS has no name twice: so there are never two, whoever
 * begins a drill, and where.
 */
function drillName(source: string): string {
    const ending = "-drill";
    // An instance of a cluster has two characters more.
    return `${source.slice(0, 63 - ending.length - 2).replace(/-+$/, "")}${ending}`;
}

function sourceOf({ clusterIdentifier, instanceId }: DatabaseOutputs): string {
    const source = clusterIdentifier ?? instanceId;
    if (source === undefined)
        throw new OpsError("the stack's outputs lack database.instanceId and clusterIdentifier; bring the stack up");
    return source;
}

function drillServer(client: RDSClient, outputs: DatabaseOutputs, request: RestoreRequest): Promise<DrillServer> {
    return outputs.clusterIdentifier === undefined ? instanceServer(client, request) : clusterServer(client, request);
}

/** What is to be restored, and how the living database is now. Of it, catalogs and statistics are read, and nothing else. */
async function planDrill(
    client: RDSClient,
    outputs: DatabaseOutputs,
    stack: string,
    options: DrillOptions,
): Promise<DrillState> {
    const source = sourceOf(outputs);
    const living = await (
        await drillServer(client, outputs, { source, name: source, origin: { latest: true } })
    ).state();
    if (living === undefined) throw new OpsError(`RDS has no ${source}`);
    const origin = await chooseOrigin(client, outputs, options);
    const connection = await resolveTarget({ ...options, stack });
    return {
        id: randomBytes(4).toString("hex"),
        pid: process.pid,
        ...{ stack, source, origin, name: drillName(source), startedAt: new Date().toISOString(), resumed: 0 },
        living: { facts: living.facts, inventory: await withConnection(connection, readInventory) },
    };
}

async function chooseOrigin(
    client: RDSClient,
    database: DatabaseOutputs,
    { snapshot, at }: DrillOptions,
): Promise<DrillOrigin> {
    if (at !== undefined) {
        const origin = originOf({ at });
        const latest = await latestRestorable(client, database);
        if (latest === undefined) throw new Refusal("RDS's own backups are off, so there is no moment to restore to");
        const moment = "pointInTime" in origin && origin.pointInTime !== "latest" ? origin.pointInTime : undefined;
        if (moment !== undefined && Date.parse(moment) > latest.getTime())
            throw new Refusal(`--at: ${moment} is later than RDS can restore to: ${latest.toISOString()}`);
        return { moment: moment ?? latest.toISOString(), latest: moment === undefined };
    }
    const snapshots = await availableSnapshots(client, database);
    const found = snapshot === undefined ? snapshots[0] : snapshots.find(({ name }) => name === snapshot);
    if (found) return { snapshot: found.name, moment: found.createdAt };
    throw new Refusal(
        snapshot === undefined
            ? "there is no snapshot of the database that is available; look at its backups, or give --at latest"
            : `--snapshot: ${snapshot} is not there, not available, or not of this database`,
    );
}

function requestOf({ snapshot, latest, moment }: DrillOrigin): RestoreRequest["origin"] {
    if (snapshot !== undefined) return { snapshot };
    return latest ? { latest: true } : { moment: new Date(moment) };
}

function originText({ snapshot, moment }: DrillOrigin): string {
    return snapshot === undefined ? `RDS's own backups, to ${moment}` : `${snapshot} of ${moment}`;
}

/** Refuses where a drill on another machine has made the database, or nobody knows who. */
async function refuseExisting(server: DrillServer, name: string): Promise<void> {
    const state = await server.state();
    if (state === undefined) return;
    const { Drill, Stack } = state.tags;
    throw new Refusal(
        Drill === undefined
            ? `there is a database ${name} in RDS, which no drill made; give it another name, or delete it`
            : `there is ${name}, by the drill ${Drill} of ${Stack} that was begun elsewhere: it goes on there, or was killed; then give --clean-up`,
    );
}

/** How the restored database is reached, as its master user. */
function connector(options: DrillOptions, { region, database }: DatabaseOutputs): DrillTools["connect"] {
    const { restoredHost, restoredPort, ...rest } = options;
    return async ({ host = "", port = 5432, masterUser = "" }, password, work) => {
        const found = { region, host, port, database, user: masterUser, password };
        return withConnection(await reachServer({ ...rest, host: restoredHost, port: restoredPort }, found), work);
    };
}
