/** Something the user can mend: shown as its message alone, and the command ends with exit code 1. */
export class SandboxError extends Error {}
