/** Whether an instance class or a node type earns CPU credits and spends them. */
export function isBurstable(type: string): boolean {
    return /^(db|cache)\.t\d/.test(type);
}
