import { interruptible, pause } from "../interrupt";
import { OpsError, Refusal } from "../ops-error";
import { progress } from "../print";

/** What AWS says of a snapshot. */
export interface SnapshotState {
    /** `creating`, `available`, `failed` and the like, as the service has them. */
    status: string;
    /** How much of it is there; undefined where the service does not say. */
    percent?: number;
}

/** A data store that snapshots can be made of, with the service that makes them. */
export interface SnapshotSource {
    /** Its name in AWS. */
    name: string;
    /** What AWS says of it: it makes a snapshot of one that is available. */
    status(): Promise<string>;
    create(snapshot: string, tags: Record<string, string>): Promise<void>;
    /** Undefined where there is no such snapshot. */
    find(snapshot: string): Promise<SnapshotState | undefined>;
}

export interface SnapshotResult {
    snapshot: string;
    source: string;
    /** Whether the waiting was interrupted, and AWS goes on. */
    creating: boolean;
}

const pollMilliseconds = 10_000;

/** The name of a snapshot: the one that was given, or the source's and the time. */
export function snapshotName(given: string | undefined, source: string, now = new Date()): string {
    const name =
        given ??
        `${source}-${now
            .toISOString()
            .replaceAll(/[-:]|\.\d+Z/g, "")
            .replace("T", "-")}`;
    // What RDS and ElastiCache take alike.
    if (!/^[a-z](-?[a-z0-9])*$/.test(name) || name.length > 255)
        throw new OpsError(
            `--name: ${name} is no name of a snapshot; give small letters, digits and single hyphens, a letter first and no hyphen last`,
        );
    return name;
}

/** Why no snapshot can be made now. */
export async function refuseSnapshot(source: SnapshotSource, snapshot: string): Promise<void> {
    const status = await source.status();
    const problems = status === "available" ? [] : [`${source.name} is ${status}; wait until it is available`];
    const existing = await source.find(snapshot);
    if (existing) problems.push(`there is a snapshot ${snapshot} already, which is ${existing.status}; give --name`);
    if (problems.length > 0) throw new Refusal(problems.join("\n"));
}

/** Has a snapshot made, and waits for it. An interrupt ends the waiting, and AWS goes on. */
export async function takeSnapshot(
    source: SnapshotSource,
    snapshot: string,
    tags: Record<string, string>,
    poll = pollMilliseconds,
): Promise<SnapshotResult> {
    await source.create(snapshot, tags);
    return interruptible(async (signal) => {
        for (;;) {
            const state = await source.find(snapshot);
            if (state?.status === "available") return { snapshot, source: source.name, creating: false };
            if (state && !/^(creating|pending)$/.test(state.status))
                throw new OpsError(`the snapshot ${snapshot} is ${state.status}; look at the events of ${source.name}`);
            progress(
                `${snapshot}: ${state?.status ?? "creating"}${state?.percent === undefined ? "" : `, ${state.percent} %`}`,
            );
            await pause(poll, signal);
            if (signal.aborted) return { snapshot, source: source.name, creating: true };
        }
    });
}
