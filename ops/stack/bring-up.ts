import { spawn } from "node:child_process";
import { interruptible } from "../interrupt";
import { OpsError } from "../ops-error";

/** What the command line says of flags that are handed on. */
export const pulumiFlags = "after --: flags of `pulumi up`, such as --yes or --policy-pack policy";

/**
 * Has Pulumi bring a stack up. It shows and asks what it always does; what it prints is on the standard error output. An
 * interrupt is Pulumi's to handle: it ends its update in order.
 * @param flags Pulumi's own
 */
export async function bringUp(stack: string, flags: string[]): Promise<void> {
    const code = await interruptible(
        () =>
            new Promise<number | null>((resolve, reject) => {
                const child = spawn("pulumi", ["up", "--stack", stack, ...flags], { stdio: ["inherit", 2, "inherit"] });
                child.once("error", (error) => reject(new OpsError(`cannot run pulumi: ${error.message}`)));
                child.once("close", resolve);
            }),
    );
    if (code !== 0)
        throw new OpsError(
            `pulumi up did not succeed. The configuration of ${stack} is written: give the same command again, or take the change out of the file`,
        );
}

/** Refuses what cannot be flags of Pulumi's. */
export function checkPulumiFlags([first]: string[]): void {
    if (first !== undefined && !first.startsWith("-"))
        throw new OpsError(`${first} is no flag of pulumi up; give those after --, such as -- --yes`);
}
