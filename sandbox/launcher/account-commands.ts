import { type Command, InvalidArgumentError } from "commander";
import { Account } from "../account/account";
import { Cipher } from "../account/cipher";
import { SandboxError } from "../account/sandbox-error";
import { createBackups } from "../emulation/backup";
import { drift } from "../emulation/drift";
import { rotateSecrets } from "../emulation/rotation";
import { showAccess } from "./access";
import { stacksOf } from "./checkpoint";
import { type Layout, passphrase } from "./layout";
import { configuredStacks } from "./project";
import { byComponent } from "./summary";

/** The commands that look at a stack's emulated account, or do in it what AWS and people do. They need no engine. */
export function accountCommands(program: Command, layout: () => Layout, finish: (code: number) => void): void {
    program
        .command("account")
        .description("List what is in a stack's emulated account, by component.")
        .argument("<stack>", "the stack whose account it is")
        .option("--json", "print it for machines")
        .action((stack: string, options: { json?: boolean }) => showAccount(layout(), stack, options.json ?? false));
    program
        .command("access")
        .description(
            "Judge what a stack's resources need of each other by IAM: roles, policies of resources and of keys.",
        )
        .argument("<stack>", "the stack whose account it is")
        .option("--json", "print every request for machines")
        .action((stack: string, { json = false }: { json?: boolean }) => {
            refuseUnknown(layout(), stack);
            finish(showAccess(layout(), stack, json));
        });
    program
        .command("rotate")
        .description(
            "Rotate a stack's secrets in the emulated account, as Secrets Manager does when a rotation is due.",
        )
        .argument("<stack>", "the stack whose secrets they are")
        .action((stack: string) => {
            const current = layout();
            const secrets = rotateSecrets(new Account(current.accounts, stack), new Cipher(passphrase(current)));
            process.stdout.write(["Rotated:", ...secrets.map((secret) => `  ${secret}`), ""].join("\n"));
        });
    program
        .command("backup")
        .description(
            "Create the backups of a stack's plan in the emulated account, as AWS Backup does on its schedule.",
        )
        .argument("<stack>", "the stack whose plan it is")
        .action((stack: string) => {
            const backups = createBackups(new Account(layout().accounts, stack));
            process.stdout.write(["Created:", ...backups.map((backup) => `  ${backup}`), ""].join("\n"));
        });
    program
        .command("drift")
        .description(
            "Change a stack's emulated account as people and AWS do, without the program: refresh, or preview --refresh, names each change.",
        )
        .argument("<stack>", "the stack whose account it is")
        .option("--seed <number>", "which changes: the same seed makes the same ones", wholeNumber, 1)
        .option("--count <number>", "how many resources are changed at most", wholeNumber, 1)
        .option("--json", "print the changes for machines")
        .action((stack: string, { seed, count, json }: { seed: number; count: number; json?: boolean }) => {
            const changes = drift(new Account(layout().accounts, stack), seed, count);
            const lines = changes.map(({ type, name, what }) => `  ${name} (${type}): ${what}`);
            process.stdout.write(
                json ? `${JSON.stringify(changes, undefined, 2)}\n` : ["Changed:", ...lines, ""].join("\n"),
            );
        });
}

function wholeNumber(text: string): number {
    if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("Give a whole number from 1 to 999999.");
    return Number(text);
}

/** Fails where no stack has the name: an account without resources would hide a slip. */
function refuseUnknown(layout: Layout, stack: string): void {
    const known = [...new Set([...configuredStacks(layout.stackFiles), ...stacksOf(layout)])].sort();
    if (!known.includes(stack))
        throw new SandboxError(
            `there is no stack ${JSON.stringify(stack)}: ${known.length > 0 ? `name one of ${known.join(", ")}` : `create Pulumi.${stack}.yaml`}`,
        );
}

function showAccount(layout: Layout, stack: string, json: boolean): void {
    refuseUnknown(layout, stack);
    const records = new Account(layout.accounts, stack).records();
    const living = records.filter(({ retained }) => !retained);
    const resources = living.map(({ type, id, name }) => ({ type, id, name }));
    const retained = records.flatMap(({ type, id, retained: reason }) => (reason ? [{ type, id, reason }] : []));
    if (json) {
        process.stdout.write(`${JSON.stringify({ resources, retained }, undefined, 2)}\n`);
        return;
    }
    const lines = [
        resources.length === 0
            ? `The emulated account of ${stack} has no resources.`
            : `In the emulated account of ${stack}:`,
        ...byComponent(living).flatMap(([component, own]) => [
            `  ${component}`,
            ...own.map(({ type, id, name }) => `    ${type}  ${id}  (${name})`),
        ]),
        ...(retained.length > 0 ? ["Kept by AWS after the deletion of their resources:"] : []),
        ...retained.map(({ type, id, reason }) => `  ${type}  ${id}  (${reason})`),
    ];
    process.stdout.write(`${lines.join("\n")}\n`);
}
