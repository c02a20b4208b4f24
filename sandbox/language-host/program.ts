import * as path from "node:path";
import { type RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { start } from "./child-process";
import { locateInSdk, runtimeOptions } from "./runtime-option";

/** The exit code of the SDK's runner after it has reported an error to the user. */
const ERROR_WAS_REPORTED = 32;

/** Runs a Pulumi program in a process of its own, with the runner of the program's SDK. */
export async function runProgram(request: RunRequest, engineAddress: string): Promise<RunResponse> {
    const info = request.getInfo();
    const directory = info?.getProgramDirectory() ?? request.getPwd();
    const options = runtimeOptions(info);
    const flags: [string, string][] = [
        ["monitor", request.getMonitorAddress()],
        ["engine", engineAddress],
        ["organization", request.getOrganization()],
        ["project", request.getProject()],
        ["root-directory", info?.getRootDirectory() ?? ""],
        ["stack", request.getStack()],
        ["pwd", request.getPwd()],
        ["parallel", String(request.getParallel())],
    ];
    const args = [
        ...options.nodeArgs,
        locateInSdk("cmd/run", directory),
        ...flags.filter(([, value]) => value !== "").map(([flag, value]) => `--${flag}=${value}`),
        ...(request.getDryrun() ? ["--dry-run"] : []),
        info?.getEntryPoint() || ".",
        ...request.getArgsList(),
    ];
    const child = start(process.execPath, args, {
        cwd: path.resolve(directory),
        stdio: ["ignore", "inherit", "inherit"],
        env: {
            ...process.env,
            PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toObject())),
            PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
            PULUMI_NODEJS_TYPESCRIPT: String(options.typescript),
            ...(options.tsconfig && { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig }),
        },
    });
    return new Promise((resolve) => {
        child.once("error", (error) => resolve(new RunResponse().setError(`cannot start node: ${error.message}`)));
        child.once("exit", (code, signal) => resolve(outcome(code, signal)));
    });
}

function outcome(code: number | null, signal: NodeJS.Signals | null): RunResponse {
    const response = new RunResponse();
    if (code === ERROR_WAS_REPORTED) return response.setBail(true);
    if (code === 0) return response;
    return response.setError(
        code === null ? `Program was ended by signal ${signal}` : `Program exited with non-zero exit code: ${code}`,
    );
}
