import { databaseClasses, hardwareOf, isValid } from "@plinth/facts";
import type { StackFile } from "../stack/configuration";
import type { ScaleTarget, Server } from "./servers";

const key = "plinth:database";
type Engine = Parameters<typeof databaseClasses>[0];
const engines = ["postgres", "mysql", "aurora-postgresql", "aurora-mysql"];

/** Why servers cannot become what is asked, all at once; empty where they can. */
export function scaleProblems(servers: Server[], target: ScaleTarget, region: string): string[] {
    const problems: string[] = [];
    const [first] = servers;
    if (!first) return ["the database has no server in RDS; bring the stack up"];
    if (target.class !== undefined) problems.push(...classProblems(first, target.class, region));
    if (target.storageGiB !== undefined) problems.push(...storageProblems(first, target.storageGiB));
    for (const { name, status, pending } of servers) {
        if (!/^(available|storage-optimization)$/.test(status))
            problems.push(`${name} is ${status}; wait until it is available`);
        // To apply one change at once is to apply all.
        const others = Object.keys(pending).filter((one) => !/^(DBInstanceClass|AllocatedStorage)$/.test(one));
        if (others.length > 0)
            problems.push(
                `${name} has other changes for the maintenance window, which would come at once too: ${others.join(", ")}`,
            );
        if (pending.DBInstanceClass !== undefined && pending.DBInstanceClass !== target.class)
            problems.push(
                `${name} is to become ${pending.DBInstanceClass} in the maintenance window, which would come at once too`,
            );
        if (pending.AllocatedStorage !== undefined && pending.AllocatedStorage !== target.storageGiB)
            problems.push(
                `${name} is to get ${pending.AllocatedStorage} GiB in the maintenance window, which would come at once too`,
            );
    }
    return problems;
}

function classProblems(server: Server, wanted: string, region: string): string[] {
    if ([server.class, wanted].includes("db.serverless"))
        return ["--class: Aurora Serverless scales by itself; its bounds are plinth:database.serverlessCapacity"];
    if (!engines.includes(server.engine)) return [`--class: classes of ${server.engine} are not known here`];
    const offer = databaseClasses(server.engine as Engine);
    const found = offer.find(wanted, region);
    if (found === "offered") return [];
    const like = offer.like(wanted, region).join(", ");
    if (found === "elsewhere")
        return [`--class: RDS has no ${wanted} for ${server.engine} in ${region}; give one like ${like}`];
    // What AWS has added since is not known: then RDS judges it.
    return isValid("databases") ? [`--class: RDS has no ${wanted} for ${server.engine}; give one like ${like}`] : [];
}

function storageProblems({ engine, storageGiB }: Server, wanted: number): string[] {
    if (engine.startsWith("aurora")) return ["--storage: Aurora's storage grows by itself"];
    if (wanted < storageGiB)
        return [
            `--storage: ${wanted} is less than the ${storageGiB} GiB that there are, and RDS makes no storage smaller; restore into a new database`,
        ];
    const least = Math.ceil((storageGiB * 11) / 10);
    return wanted > storageGiB && wanted < least
        ? [`--storage: ${wanted} is too little more than ${storageGiB}: RDS takes steps of 10 %; give ${least} or more`]
        : [];
}

/**
 * Makes the change in a stack's configuration, which is not written yet.
 * @returns whether the configuration is another than before
 */
export function planScale(file: StackFile, { class: instanceClass, storageGiB }: ScaleTarget): boolean {
    const wanted = { instanceClass, allocatedStorageGiB: storageGiB };
    const now = file.settings(key);
    const changes = Object.entries(wanted).filter(([name, value]) => value !== undefined && now[name] !== value);
    for (const [name, value] of changes) file.set(key, [name], value);
    return changes.length > 0;
}

/** A class with what it has, where that is known. */
export function classText(name: string): string {
    const hardware = hardwareOf(name.replace(/^db\./, ""));
    return hardware ? `${name} (${hardware.cpus} CPUs, ${hardware.memoryMiB / 1024} GiB)` : name;
}
