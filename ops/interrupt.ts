/**
 * Does something that a first interrupt (Ctrl-C) or termination asks to stop, so that it can tidy up; a second one ends
 * the process.
 */
export async function interruptible<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const controller = new AbortController();
    const stop = () => controller.abort();
    process.once("SIGINT", stop).once("SIGTERM", stop);
    try {
        return await work(controller.signal);
    } finally {
        process.off("SIGINT", stop).off("SIGTERM", stop);
    }
}

/** Waits, until the time is over or the signal says to stop. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const timer = setTimeout(done, milliseconds);
        signal?.addEventListener("abort", done, { once: true });
        function done() {
            clearTimeout(timer);
            signal?.removeEventListener("abort", done);
            resolve();
        }
    });
}
