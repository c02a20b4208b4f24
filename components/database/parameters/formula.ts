/** What a formula may name. */
export interface FormulaVariables {
    /** Bytes of memory that the instance class leaves to the database. */
    DBInstanceClassMemory: number;
}

/**
 * What RDS makes of a parameter's value: a whole number as it stands, or a formula such as
 * `LEAST({DBInstanceClassMemory/9531392},200)`, where every division drops the remainder.
 * @throws Error where the text is no formula
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ParamValuesRef.html
 */
export function evaluate(formula: string, variables: FormulaVariables): number {
    const tokens = formula.match(/[A-Za-z]+|\d+|[{}(),*/+-]|\S/g) ?? [];
    let at = 0;
    const fail = (): never => {
        throw new Error(`"${formula}" is not a formula of RDS's`);
    };
    const take = (token: string): void => {
        if (tokens[at++] !== token) fail();
    };

    const sum = (): number => {
        let value = product();
        while (tokens[at] === "+" || tokens[at] === "-") value += tokens[at++] === "+" ? product() : -product();
        return value;
    };
    const product = (): number => {
        let value = term();
        while (tokens[at] === "*" || tokens[at] === "/") {
            value = tokens[at++] === "*" ? value * term() : Math.trunc(value / term());
        }
        return value;
    };
    const enclosed = (close: string): number => {
        const value = sum();
        take(close);
        return value;
    };
    const term = (): number => {
        const token = tokens[at++] ?? fail();
        if (/^\d+$/.test(token)) return Number(token);
        if (token === "{") return enclosed("}");
        if (token === "(") return enclosed(")");
        if (token === "DBInstanceClassMemory") return variables.DBInstanceClassMemory;
        return (functions[token] ?? fail())(list());
    };
    const list = (): number[] => {
        take("(");
        const values = [sum()];
        while (tokens[at] === ",") {
            at++;
            values.push(sum());
        }
        take(")");
        return values;
    };

    const value = sum();
    return at === tokens.length ? value : fail();
}

const functions: Record<string, (values: number[]) => number> = {
    LEAST: (values) => Math.min(...values),
    GREATEST: (values) => Math.max(...values),
    // Aurora MySQL's default for connections. Rounded, it gives what AWS lists for every class.
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.html
    log: (values) => Math.round(Math.log2(values[0] ?? 0)),
    SUM: (values) => values.reduce((total, value) => total + value, 0),
};
