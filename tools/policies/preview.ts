import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { messagesIn, previewInSandbox } from "../../cost/plan/sandbox";
import { type Findings, findingsVariable } from "../../policy/findings";
import { type PlannedState, positionsOf } from "../../policy/report/position";
import { type PackConfig, type Report, reportOf } from "../../policy/report/report";
import { rules } from "../../policy/rules";
import { layoutOf } from "../../sandbox/launcher/layout";

/** The error of a preview that did not get as far as the policies; its message says why. */
export class PreviewError extends Error {}

const root = path.resolve(__dirname, "../..");

/** Previews a stack in the sandbox, with lines for its resources, and reads what the pack wrote down. */
export async function reportOn(stack: string, packConfig?: string): Promise<Report> {
    const folder = mkdtempSync(path.join(tmpdir(), "plinth-policies-"));
    try {
        const file = path.join(folder, "findings.json");
        const config = packConfig ?? path.join(root, `policy/config/${stack}.json`);
        const flags = packConfig === undefined ? [] : ["--policy-pack-config", packConfig];
        const variables = { [findingsVariable]: file, PLINTH_SOURCE_POSITIONS: "true" };
        const sandbox = path.join(root, "sandbox/cli.cjs");
        const { stdout, stderr } = await previewInSandbox(sandbox, root, stack, flags, variables);
        if (!existsSync(file))
            throw new PreviewError(`the preview of ${stack} failed:\n${messagesIn(stdout)}${stderr}`);
        const findings = JSON.parse(readFileSync(file, "utf8")) as Findings;
        const levels = existsSync(config) ? (JSON.parse(readFileSync(config, "utf8")) as PackConfig) : {};
        return reportOf(stack, rules, findings, levels, positionsIn(stdout));
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** By URN, the lines that declare a resource. */
function positionsIn(stdout: string): Map<string, ReturnType<typeof positionsOf>> {
    const { steps = [] } = JSON.parse(stdout) as { steps?: { newState?: PlannedState }[] };
    const { project } = layoutOf(root);
    return new Map(
        steps.flatMap(({ newState }) =>
            newState ? [[newState.urn, positionsOf(newState, project, root)] as const] : [],
        ),
    );
}
