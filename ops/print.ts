/** How a command says its result: a text for people, and what machines get with --json. */
export type Print = (text: string, machine: object) => void;

/** Prints results to the standard output. */
export function printer({ json }: { json?: boolean }): Print {
    return (text, machine) => {
        process.stdout.write(json ? `${JSON.stringify(machine, undefined, 2)}\n` : `${text}\n`);
    };
}

/** Says how far something is, on the standard error output: the result alone is on the other. */
export function progress(text: string): void {
    process.stderr.write(`${text}\n`);
}

/** A duration for people, in its largest unit: `45 s`, `12 min`, `5 h`, `3 days`. */
export function durationText(seconds: number): string {
    if (seconds < 120) return `${Math.round(seconds)} s`;
    if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
    if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
    return `${Math.round(seconds / 86_400)} days`;
}

/** Bytes for people: `1.5 GiB`. */
export function bytesText(bytes: number): string {
    const units = ["B", "KiB", "MiB", "GiB", "TiB"];
    const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
    return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power]}`;
}
