import { createRequire } from "node:module";
import * as path from "node:path";
import { readIfPresent } from "../../../account/file";

/** What a value is, as far as a declaration says. */
export type Kind = "text" | "number" | "flag" | "list" | "object";

/** A member of an interface or a class in the SDK's declarations. */
export interface Member {
    name: string;
    kind: Kind;
    /** Whether it may be left out, or be undefined. */
    optional: boolean;
}

/** A resource type, as the installed SDK declares it. */
export interface SdkType {
    inputs: Member[];
    outputs: Member[];
}

/**
 * What the SDK that the program has installed declares of a resource type. Read line by line, since these files are generated and all of
 * one form, and a compiler takes longer to load than a rehearsal has.
 */
export function typeInSdk(token: string): SdkType | undefined {
    const [text, name] = declarationsOf(token);
    const inputs = bodyOf(text, `export interface ${name}Args {`);
    const outputs = bodyOf(text, `export declare class ${name} extends pulumi.CustomResource {`);
    if (inputs === undefined || outputs === undefined) return undefined;
    return { inputs: membersIn(inputs, /^ {4}(\w+)(\??): (.*)$/), outputs: membersIn(outputs, OUTPUT) };
}

/** What a function of the SDK returns. */
export function resultInSdk(token: string): Member[] | undefined {
    const [text, name] = declarationsOf(token);
    const result = bodyOf(text, `export interface ${name.charAt(0).toUpperCase()}${name.slice(1)}Result {`);
    return result === undefined ? undefined : membersIn(result, /^ {4}readonly (\w+)(\??): (.*)$/);
}

const OUTPUT = /^ {4}readonly (\w+)(): pulumi\.Output<(.*)$/;

/** The declarations that a token is in, such as ec2/getAmi.d.ts for aws:ec2/getAmi:getAmi, and the name in it. */
function declarationsOf(token: string): [text: string, name: string] {
    const [, module = "", name = ""] = /^aws:(?:index\/|(\w+\/))\w+:(\w+)$/.exec(token) ?? [];
    if (name === "") return ["", ""];
    const directory = path.dirname(createRequire(__filename).resolve("@pulumi/aws/package.json"));
    const file = name === "Index" ? "index_" : name.replace(/^[A-Z0-9]+/, (capitals) => capitals.toLowerCase());
    return [readIfPresent(path.join(directory, module, `${file}.d.ts`)) ?? "", name];
}

/** The lines between `head` and the brace at the beginning of a line that closes it. */
function bodyOf(text: string, head: string): string[] | undefined {
    const begin = text.indexOf(head);
    if (begin < 0) return undefined;
    return text.slice(begin + head.length, text.indexOf("\n}", begin)).split("\n");
}

function membersIn(lines: string[], form: RegExp): Member[] {
    return lines.flatMap((line) => {
        const [, name, mark = "", type = ""] = form.exec(line) ?? [];
        if (name === undefined) return [];
        return [{ name, kind: kindOf(type), optional: mark === "?" || type.includes("| undefined") }];
    });
}

/** Of a type such as `pulumi.Input<string | undefined>;`, `outputs.ec2.GetAmiFilter[];` or `{`, the beginning of a map. */
function kindOf(type: string): Kind {
    const inner = type.replaceAll(/pulumi\.Input<|\| undefined|[>;\s]/g, "");
    if (inner.endsWith("[]")) return "list";
    if (inner.startsWith("{") || /^(in|out)puts\./.test(inner)) return "object";
    if (inner.startsWith("number")) return "number";
    return inner.startsWith("boolean") ? "flag" : "text";
}
