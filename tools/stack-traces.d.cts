export function registerSourceMap(file: string, folder: string, text: string): void;
export function isNote(frames: NodeJS.CallSite[]): boolean;
export function installStackTraces(): void;
