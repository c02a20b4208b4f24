import { createRequire } from "node:module";
import type { Kind } from "./kind";

/** A value that is not among those that a field can have, or is not of its format. */
export interface Complaint {
    /** A JSON pointer. */
    instancePath: string;
    keyword: string;
    params: { allowedValues?: string[]; format?: string };
}

interface Model {
    kind?: string;
    prototype: { validate(this: unknown): void };
}

const load = createRequire(__filename);

/** Wrong values that the published models of a kind name, which know formats and enumerations; the schemas do not. */
export function complaintsOf(kind: Kind, data: unknown): Complaint[] {
    try {
        modelOf(kind)?.prototype.validate.call(data);
        return [];
    } catch (error) {
        const { errors } = error as { errors?: Complaint[] };
        if (!errors) throw error;
        // A rule checks the content of a Secret without showing it.
        return errors.filter(
            ({ keyword, params }) => keyword === "enum" || (keyword === "format" && params.format !== "byte"),
        );
    }
}

/** The model of a kind, loaded with the first object of the kind: loading all of them takes seconds. */
function modelOf({ apiVersion, kind }: Kind): Model | undefined {
    try {
        const models = load(`kubernetes-models/${apiVersion}/${kind}`) as Record<string, Model>;
        return models[kind]?.kind === kind ? models[kind] : undefined;
    } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === "MODULE_NOT_FOUND" || code === "ERR_PACKAGE_PATH_NOT_EXPORTED") return undefined;
        throw error;
    }
}
