/** A failure that the user can correct: shown as its message alone, and the command ends with exit code 1. */
export class SandboxError extends Error {}
