/**
 * `npm run mutants [-- --count 100 --seed 1]`: changes one constant of the components at a time, in a fresh choice by the seed, and runs the tests
 * until one notices: first those of what the stacks register, then every test that uses the file. Says which changes none noticed.
 * It writes into the sources, so it refuses where there are changes, and puts back what it changed, on Ctrl-C too.
 */

import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import ts from "typescript";

/** A constant and what takes its place. */
interface Mutant {
    file: string;
    start: number;
    end: number;
    before: string;
    after: string;
}

const { values } = parseArgs({
    args: process.argv.slice(3), // after this file's own name
    options: { count: { type: "string", default: "100" }, seed: { type: "string", default: "1" } },
});

function main(count: number, seed: number): void {
    if (!(count > 0 && Number.isInteger(count) && Number.isInteger(seed)))
        throw new Error("--count takes a whole number from 1, and --seed a whole number");
    if (git("status", "--porcelain", "components") !== "")
        throw new Error("components/ has changes: commit or stash them");
    const all = git("ls-files", "components/*.ts").split("\n").filter(isSource).flatMap(mutantsOf);
    const chosen = shuffled(all, seed).slice(0, count);
    const survivors = chosen.filter((mutant, index) => {
        const survives = !isNoticed(mutant);
        process.stdout.write(
            `${index + 1}/${chosen.length} ${survives ? "NOT NOTICED" : "noticed"} ${shown(mutant)}\n`,
        );
        return survives;
    });
    process.stdout.write(`${survivors.length} of ${chosen.length} not noticed, of ${all.length} constants\n`);
    for (const survivor of survivors) process.stdout.write(`  ${shown(survivor)}\n`);
    process.exitCode = survivors.length > count * 0.02 ? 1 : 0;
}

const git = (...args: string[]): string => execFileSync("git", args, { encoding: "utf8" }).trim();
const isSource = (file: string): boolean => !/\.test\.ts$|\/testing\/|\/index\.ts$/.test(file);

/** Numbers, booleans and words of a file's values. Not what is read by people alone, such as descriptions and messages. */
function mutantsOf(file: string): Mutant[] {
    const text = readFileSync(file, "utf8");
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const found: Mutant[] = [];
    const visit = (node: ts.Node): void => {
        const after = replacementOf(node);
        if (after !== undefined && isValue(node)) {
            found.push({ file, start: node.getStart(), end: node.getEnd(), before: node.getText(), after });
        }
        if (!ts.isImportDeclaration(node) && !ts.isExportDeclaration(node) && !ts.isTypeNode(node))
            ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
}

function replacementOf(node: ts.Node): string | undefined {
    if (node.kind === ts.SyntaxKind.TrueKeyword) return "false";
    if (node.kind === ts.SyntaxKind.FalseKeyword) return "true";
    if (ts.isNumericLiteral(node)) return String(Number(node.text.replaceAll("_", "")) + 1);
    return ts.isStringLiteral(node) && /^[A-Za-z][\w.:/-]+$/.test(node.text)
        ? JSON.stringify(`${node.text}x`)
        : undefined;
}

/** What a property, a constant or a list holds, and not what a call is given: there stand names and messages. */
function isValue({ parent }: ts.Node): boolean {
    return ts.isPropertyAssignment(parent) || ts.isArrayLiteralExpression(parent) || ts.isVariableDeclaration(parent);
}

/** Always the same order for the same seed. */
function shuffled<One>(all: readonly One[], seed: number): One[] {
    let state = seed;
    const next = (): number => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state;
    };
    return all
        .map((one) => ({ one, rank: next() }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ one }) => one);
}

/** Whether a test fails with the change. */
function isNoticed({ file, start, end, after }: Mutant): boolean {
    const text = readFileSync(file, "utf8");
    const restore = (): void => writeFileSync(file, text);
    process.once("SIGINT", restore);
    try {
        writeFileSync(file, text.slice(0, start) + after + text.slice(end));
        return fails("run", "stacks/registered.test.ts") || fails("related", file);
    } finally {
        restore();
        process.off("SIGINT", restore);
    }
}

function fails(command: string, file: string): boolean {
    const args = ["vitest", command, file, "--run", "--project", "unit", "--bail", "1", "--reporter", "dot"];
    return spawnSync("npx", args, { stdio: "ignore", env: { ...process.env, CI: "true" } }).status !== 0;
}

function shown({ file, start, before, after }: Mutant): string {
    const line = readFileSync(file, "utf8").slice(0, start).split("\n").length;
    return `${file}:${line} ${before} to ${after}`;
}

main(Number(values.count), Number(values.seed));
