/* The parts of a statement of a policy document. */

/** A statement of an IAM policy document, as it was written. */
export type Statement = Readonly<Record<string, unknown>>;

/** One test of a condition, its key in small letters. */
export interface Test {
    readonly operator: string;
    readonly key: string;
    readonly values: readonly string[];
}

export function conditionsOf(condition: unknown): Test[] {
    if (!isRecord(condition)) return [];
    return Object.entries(condition).flatMap(([operator, tests]) =>
        Object.entries(isRecord(tests) ? tests : {}).map(([key, values]) => ({
            operator,
            key: key.toLowerCase(),
            values: strings(values),
        })),
    );
}

/** The operators that a request must meet. `…IfExists` and `ForAllValues:` are not in it: they are true without the key. */
export const limitingOperator = /^(foranyvalue:)?(string(equals|equalsignorecase|like)|arn(equals|like))$/i;

/** The name of a statement, or its position. */
export const nameOf = ({ Sid }: Statement, index: number): string =>
    typeof Sid === "string" && Sid !== "" ? `"${Sid}"` : `number ${index + 1}`;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);

export const list = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

export const strings = (value: unknown): string[] =>
    list(value).flatMap((one) => (typeof one === "string" || typeof one === "boolean" ? [String(one)] : []));

/** Whether a pattern of IAM's, with `*` and `?`, includes `value`; letters are compared without regard to case. */
export function covers(pattern: string, value: string): boolean {
    const parts = pattern.split("*").map((part) => part.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("?", "."));
    return new RegExp(`^${parts.join(".*")}$`, "i").test(value);
}
