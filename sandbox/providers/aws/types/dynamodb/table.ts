import { partitionOf } from "@plinth/facts";
import { type Inputs, malformed, type Rejection, type ResourceType, unlisted } from "../../resource-type";

const TABLE = "aws:dynamodb/table:Table";
const VALIDATION = "ValidationException";

/** What a table may be created from instead of keys of its own. */
const SOURCES = ["restoreSourceName", "restoreSourceTableArn", "restoreBackupArn"];

const indexes = (inputs: Inputs) => [
    ...inputs.blocks("globalSecondaryIndexes"),
    ...inputs.blocks("localSecondaryIndexes"),
];

/** The attributes in the keys of the table and of its indexes. */
function keys(inputs: Inputs): string[] {
    const inIndexes = indexes(inputs).flatMap((index) => [index.text("hashKey"), index.text("rangeKey")]);
    return [inputs.text("hashKey"), inputs.text("rangeKey"), ...inIndexes].filter((name) => name !== "");
}

const defined = (inputs: Inputs) => inputs.blocks("attributes").map((attribute) => attribute.text("name"));
const isOnDemand = (inputs: Inputs) => inputs.text("billingMode") === "PAY_PER_REQUEST";

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
const rejects: Rejection<Inputs>[] = [
    malformed("name", /^[\w.-]{3,255}$/, "3 to 255 letters, digits, -, _ and .", VALIDATION),
    unlisted("billingMode", ["PROVISIONED", "PAY_PER_REQUEST"], VALIDATION),
    {
        code: VALIDATION,
        at: "hashKey",
        when: (inputs) => !inputs.has("hashKey") && !SOURCES.some((name) => inputs.has(name)),
        say: () => "No Hash Key specified in schema. All Dynamo DB tables must have exactly one hash key",
    },
    {
        code: VALIDATION,
        at: "attributes",
        when: (inputs) => keys(inputs).some((key) => !defined(inputs).includes(key)) && inputs.has("hashKey"),
        say: (inputs) =>
            `Some index key attributes are not defined in AttributeDefinitions: ${keys(inputs)
                .filter((key) => !defined(inputs).includes(key))
                .join(", ")}`,
    },
    {
        code: VALIDATION,
        at: "attributes",
        when: (inputs) => inputs.has("hashKey") && defined(inputs).some((name) => !keys(inputs).includes(name)),
        say: (inputs) =>
            `Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions: ${defined(
                inputs,
            )
                .filter((name) => !keys(inputs).includes(name))
                .join(", ")} is in no key`,
    },
    {
        code: VALIDATION,
        at: "readCapacity",
        when: (inputs) =>
            !isOnDemand(inputs) &&
            !SOURCES.some((name) => inputs.has(name)) &&
            ["readCapacity", "writeCapacity"].some((name) => (inputs.number(name) ?? 0) < 1),
        say: () => "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
    },
    {
        code: VALIDATION,
        at: "readCapacity",
        when: (inputs) =>
            isOnDemand(inputs) && ["readCapacity", "writeCapacity"].some((name) => (inputs.number(name) ?? 0) > 0),
        say: () =>
            "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
    },
    {
        code: VALIDATION,
        at: "streamViewType",
        when: (inputs) => inputs.flag("streamEnabled") && !inputs.has("streamViewType"),
        say: () => "StreamSpecification: StreamViewType is required when StreamEnabled is true",
    },
];

export const dynamodb: Record<string, ResourceType> = {
    [TABLE]: {
        id: ({ inputs }) => inputs.text("name"),
        outputs: ({ id, region, accountId, inputs, partition }) => ({
            arn: `arn:${partition}:dynamodb:${region}:${accountId}:table/${id}`,
            ...streamOf(id, region, accountId, inputs),
            attributes: [],
            globalSecondaryIndexes: [],
            hashKey: "",
            pointInTimeRecovery: { enabled: false },
            readCapacity: 0,
            streamViewType: "",
            ttl: { attributeName: "", enabled: false },
            // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html
            warmThroughput: { readUnitsPerSecond: 12_000, writeUnitsPerSecond: 4000 },
            writeCapacity: 0,
        }),
        updates: ({ id, region, accountId, inputs, old }) =>
            inputs.flag("streamEnabled") === old.flag("streamEnabled") ? {} : streamOf(id, region, accountId, inputs),
        name: "name",
        exists: "ResourceInUseException",
        // Local indexes are given with the table: UpdateTable does not take them.
        replaces: { localSecondaryIndexes: () => true },
        rejects,
        deleteBlockers: [
            {
                /** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html */
                code: VALIDATION,
                when: ({ inputs }) => inputs.flag("deletionProtectionEnabled"),
                say: () =>
                    "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
            },
        ],
        notFound: "ResourceNotFoundException",
    },
};

/** The stream of a table, which is named by the time at which it began. */
function streamOf(name: string, region: string, accountId: string, inputs: Inputs) {
    if (!inputs.flag("streamEnabled")) return { streamArn: "", streamLabel: "" };
    const streamLabel = new Date().toISOString().replace("Z", "");
    const table = `arn:${partitionOf(region).name}:dynamodb:${region}:${accountId}:table/${name}`;
    return { streamArn: `${table}/stream/${streamLabel}`, streamLabel };
}
