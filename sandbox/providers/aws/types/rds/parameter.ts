import type { Inputs, Rejection } from "../../resource-type";

/** The values that a parameter allows. */
interface ParameterRule {
    /** A static parameter changes at a restart, so RDS refuses to apply it immediately. */
    static?: true;
    /** The smallest and the largest whole number. A formula is always allowed. */
    range?: [from: number, to: number];
    /** The allowed values, separated by commas where there are several. */
    words?: readonly string[];
    /** Whether only an Aurora cluster's group has it, and no group of instances. */
    cluster?: true;
}

const flag = ["0", "1"];

/**
 * The parameters that are checked, by the beginning of their family; RDS has hundreds more, which are not checked.
 * `aws rds describe-db-parameters --db-parameter-group-name default.postgres16` lists all of a family's.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html
 */
const known: Record<string, Record<string, ParameterRule>> = {
    "aurora-postgresql": {
        "rds.force_ssl": { words: flag, cluster: true },
        shared_preload_libraries: { static: true },
        max_connections: { static: true, range: [6, 262_143] },
        default_statistics_target: { range: [1, 10_000] },
        log_min_duration_statement: { range: [-1, 2_147_483_647] },
        log_statement: { words: ["none", "ddl", "mod", "all"] },
    },
    "aurora-mysql": {
        require_secure_transport: { words: [...flag, "ON", "OFF"], cluster: true },
        binlog_format: { words: ["ROW", "STATEMENT", "MIXED", "OFF"], static: true, cluster: true },
        max_connections: { range: [1, 16_000] },
        slow_query_log: { words: flag },
        long_query_time: { range: [0, 31_536_000] },
        log_output: { words: ["TABLE", "FILE", "NONE"] },
    },
    postgres: {
        "rds.force_ssl": { words: flag },
        shared_preload_libraries: { static: true },
        max_connections: { static: true, range: [6, 8_388_607] },
        shared_buffers: { static: true, range: [16, 1_073_741_823] },
        effective_cache_size: { range: [1, 2_147_483_647] },
        maintenance_work_mem: { range: [1024, 2_147_483_647] },
        work_mem: { range: [64, 2_147_483_647] },
        default_statistics_target: { range: [1, 10_000] },
        log_min_duration_statement: { range: [-1, 2_147_483_647] },
        log_statement: { words: ["none", "ddl", "mod", "all"] },
    },
    mysql: {
        require_secure_transport: { words: flag },
        max_connections: { range: [1, 100_000] },
        slow_query_log: { words: flag },
        long_query_time: { range: [0, 31_536_000] },
        log_output: { words: ["TABLE", "FILE", "NONE"] },
    },
};

interface Parameter {
    name: string;
    value: string;
    /** RDS applies a parameter immediately by default. */
    immediate: boolean;
    rule?: ParameterRule;
}

function parametersOf(inputs: Inputs): Parameter[] {
    const family = inputs.text("family");
    const rules = Object.entries(known).find(([prefix]) => family.startsWith(prefix))?.[1] ?? {};
    return inputs.blocks("parameters").map((block) => ({
        name: block.text("name"),
        value: block.text("value"),
        immediate: block.text("applyMethod") !== "pending-reboot",
        rule: rules[block.text("name")],
    }));
}

function isStaticAtOnce({ immediate, rule }: Parameter): boolean {
    return immediate && rule?.static === true;
}

function isRefused({ value, rule }: Parameter): boolean {
    if (rule?.words) return !rule.words.includes(value);
    if (!rule?.range || /[{(]/.test(value)) return false; // a formula is evaluated by RDS
    const [from, to] = rule.range;
    return !/^-?\d+$/.test(value) || Number(value) < from || Number(value) > to;
}

function allowed({ rule }: Parameter): string {
    return rule?.range ? rule.range.join("-") : (rule?.words ?? []).join(",");
}

/** Rejects parameters of clusters in a group of instances. */
export const instanceParameterRejections: Rejection<Inputs>[] = [
    {
        code: "InvalidParameterValue",
        at: "parameters",
        when: (inputs) => parametersOf(inputs).some(({ rule }) => rule?.cluster),
        say: (inputs) =>
            `Could not find parameter with name: ${parametersOf(inputs).find(({ rule }) => rule?.cluster)?.name}`,
    },
];

/** Rejects invalid values of a group's parameters. */
export const parameterRejections: Rejection<Inputs>[] = [
    {
        code: "InvalidParameterCombination",
        at: "parameters",
        when: (inputs) => parametersOf(inputs).some(isStaticAtOnce),
        say: (inputs) =>
            `cannot use immediate apply method for static parameter: ${parametersOf(inputs).find(isStaticAtOnce)?.name}`,
    },
    {
        code: "InvalidParameterValue",
        at: "parameters",
        when: (inputs) => parametersOf(inputs).some(isRefused),
        say: (inputs) =>
            parametersOf(inputs)
                .filter(isRefused)
                .map(
                    (parameter) =>
                        `Invalid parameter value: ${parameter.value} for: ${parameter.name} allowed values are: ${allowed(parameter)}`,
                )
                .join("; "),
    },
];
