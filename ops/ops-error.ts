/** What a command ends with. */
export const exitCodes = {
    /** Something could not be done. */
    failed: 1,
    /** It would have been unsafe, so nothing was done. */
    refused: 3,
    /** It was looked at, and is not as it should be. */
    unhealthy: 4,
} as const;

/** What went wrong outside this program; its message says what to do. */
export class OpsError extends Error {
    readonly exitCode: number = exitCodes.failed;
}

/** Why a command did nothing: it would have been unsafe. */
export class Refusal extends OpsError {
    override readonly exitCode = exitCodes.refused;
}
