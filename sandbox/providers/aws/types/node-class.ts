import type { Inputs, Rejection } from "../resource-type";

const sizes = "(micro|small|medium|large|xlarge|(2|4|8|9|10|12|16|18|24|32|48)xlarge)";

/**
 * The families of RDS's instance classes that PostgreSQL, MySQL and Aurora run on, November 2026.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html
 */
const databaseFamilies =
    "(t2|t3|t4g|m[1-4]|m5d?|m6(g|gd|i|id|idn|in)|m7(g|gd|i)|m8(g|gd|i)|r[34]|r5(b|d)?|r6(g|gd|i|id|idn|in)|r7(g|gd|i)|r8(g|gd|i)|x1e?|x2(g|idn|iedn|iezn)|z1d|c6gd)";

/**
 * The families of ElastiCache's node types, November 2026.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html
 */
const cacheFamilies = "(t[12]|t3|t4g|m[1-5]|m6g|m7g|c1|c7gn|r[3-5]|r6gd?|r7g)";

/** Rejects an instance class that RDS does not have. */
export const unknownDatabaseClass: Rejection<Inputs> = {
    code: "InvalidParameterValue",
    at: "instanceClass",
    when: isNot("instanceClass", new RegExp(`^db\\.(serverless|${databaseFamilies}\\.${sizes})$`)),
    say: (inputs) => `Invalid DB Instance class: ${inputs.text("instanceClass")}`,
};

/** Rejects a node type that ElastiCache does not have. */
export const unknownNodeType: Rejection<Inputs> = {
    code: "InvalidParameterValue",
    at: "nodeType",
    when: isNot("nodeType", new RegExp(`^cache\\.${cacheFamilies}\\.${sizes}$`)),
    say: (inputs) => `The parameter CacheNodeType "${inputs.text("nodeType")}" is not one of ElastiCache's node types`,
};

function isNot(at: string, form: RegExp) {
    return (inputs: Inputs) => inputs.has(at) && !form.test(inputs.text(at));
}
