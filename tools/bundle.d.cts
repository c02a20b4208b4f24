export function bundle(root: string, entryPoints: Record<string, string>): Record<string, string>;
