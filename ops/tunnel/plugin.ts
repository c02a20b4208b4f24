import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { OpsError } from "../ops-error";

/** What Session Manager says of a session. The token lets whoever has it use the session. */
export interface SessionResponse {
    SessionId?: string;
    TokenValue?: string;
    StreamUrl?: string;
}

const program = "session-manager-plugin";
/** Where the plugin reads the response from, when the name of this variable stands in its place. */
const responseVariable = "AWS_SSM_START_SESSION_RESPONSE";
/**
 * The last version that takes the response as an argument alone, which every process of the machine could read.
 * @see https://github.com/aws/aws-cli/blob/v2/awscli/customizations/sessionmanager.py
 */
const lastWithoutVariable = [1, 2, 497, 0];
const startMilliseconds = 30_000;

/** Refuses where there is no plugin, or one that would show the token. */
export function requirePlugin(): void {
    const { error, stdout } = spawnSync(program, ["--version"], { encoding: "utf8" });
    if (error)
        throw new OpsError(
            `there is no ${program}: https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html says how to get it`,
        );
    const version = stdout.trim();
    if (!isNewer(version))
        throw new OpsError(`${program} ${version} would show the session's token; install one after 1.2.497.0`);
}

/** Whether a version is one after the last that has no variable. */
function isNewer(version: string): boolean {
    const parts = version.split(".").map(Number);
    const index = lastWithoutVariable.findIndex((part, at) => (parts[at] ?? 0) !== part);
    return index >= 0 && (parts[index] ?? 0) > (lastWithoutVariable[index] ?? 0);
}

/** Runs the plugin until it takes connections. */
export async function startPlugin(
    response: SessionResponse,
    request: object,
    { region, endpoint }: { region: string; endpoint: string },
): Promise<ChildProcess> {
    const child = spawn(program, [responseVariable, region, "StartSession", "", JSON.stringify(request), endpoint], {
        // In a group of its own: Ctrl-C is for the client at the near end, which may take it to cancel a statement.
        detached: true,
        env: { ...process.env, [responseVariable]: JSON.stringify(response) },
        stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    await new Promise<void>((resolve, reject) => {
        const fail = (what: string) => reject(new OpsError(`the tunnel could not be opened: ${what}\n${said.trim()}`));
        const timer = setTimeout(() => {
            child.kill("SIGTERM");
            fail(`no answer after ${startMilliseconds / 1000} seconds`);
        }, startMilliseconds);
        const read = (chunk: Buffer) => {
            said += chunk;
            if (!/Waiting for connections/.test(said)) return;
            clearTimeout(timer);
            resolve();
        };
        child.stdout.on("data", read);
        child.stderr.on("data", read);
        child.once("error", ({ message }) => fail(message));
        child.once("exit", (code) => {
            clearTimeout(timer);
            fail(`${program} ended with ${code}`);
        });
    });
    return child;
}
