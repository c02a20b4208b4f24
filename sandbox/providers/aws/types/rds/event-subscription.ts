import {
    type Creation,
    type Inputs,
    malformed,
    type Rejection,
    type ResourceType,
    unlisted,
} from "../../resource-type";
import { TOPIC } from "../sns/topic";
import { CLUSTER, CLUSTER_INSTANCE } from "./cluster-rule";
import { CLUSTER_SNAPSHOT } from "./cluster-snapshot";
import { INSTANCE, PARAMETER_GROUP } from "./instance-change";
import { SNAPSHOT } from "./instance-snapshot";
import { PROXY } from "./proxy-rule";

export const EVENT_SUBSCRIPTION = "aws:rds/eventSubscription:EventSubscription";

/**
 * The categories of each type of source.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Events.Messages.html
 */
const categories: Record<string, readonly string[]> = {
    "db-instance": [
        ...["availability", "backtrack", "backup", "configuration change", "creation", "deletion", "failover"],
        ...["failure", "low storage", "maintenance", "notification", "read replica", "recovery", "restoration"],
        ...["security", "security patching"],
    ],
    "db-cluster": [
        ...["configuration change", "creation", "deletion", "failover", "failure", "global failover", "maintenance"],
        ...["migration", "notification", "serverless"],
    ],
    "db-parameter-group": ["configuration change"],
    "db-security-group": ["configuration change", "failure"],
    "db-snapshot": ["creation", "deletion", "notification", "restoration"],
    "db-cluster-snapshot": ["backup", "notification"],
    "db-proxy": ["configuration change", "creation", "deletion", "failure"],
    "custom-engine-version": ["creation", "failure", "restoring"],
    "blue-green-deployment": ["creation", "deletion", "failure", "notification"],
};

/** The types of resources that are sources. The sandbox has none of the others. */
const sources: Record<string, readonly string[]> = {
    "db-instance": [INSTANCE, CLUSTER_INSTANCE],
    "db-cluster": [CLUSTER],
    "db-parameter-group": [PARAMETER_GROUP],
    "db-snapshot": [SNAPSHOT],
    "db-cluster-snapshot": [CLUSTER_SNAPSHOT],
    "db-proxy": [PROXY],
};

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateEventSubscription.html */
const rules: Rejection<Inputs>[] = [
    malformed("name", /^[A-Za-z][A-Za-z0-9-]{0,254}$/, "1 to 255 letters, digits and hyphens, a letter first"),
    unlisted("sourceType", Object.keys(categories)),
    {
        code: "InvalidParameterCombination",
        at: "sourceIds",
        when: (inputs) => inputs.list("sourceIds").length > 0 && !inputs.has("sourceType"),
        say: () => "SourceType must be specified with SourceIds",
    },
    {
        code: "SubscriptionCategoryNotFound",
        at: "eventCategories",
        when: (inputs) => unknownCategory(inputs) !== undefined,
        say: (inputs) => `Category ${unknownCategory(inputs)} is not a category of ${inputs.text("sourceType")}`,
    },
    malformed("snsTopic", /^(?!.*\.fifo$)arn:aws[a-z-]*:sns:/, "it is the ARN of a standard topic", "SNSInvalidTopic"),
];

function unknownCategory(inputs: Inputs): string | undefined {
    const known = categories[inputs.text("sourceType")];
    return known && inputs.texts("eventCategories").find((category) => !known.includes(category));
}

/** Sources of types that the sandbox has do exist, also after a change. */
const missingSource: Rejection<Creation> = {
    code: "SourceNotFound",
    at: "sourceIds",
    when: (creation) => missing(creation) !== undefined,
    say: (creation) => `Source ${missing(creation)} not found`,
};

function missing({ inputs, find }: Creation): string | undefined {
    const types = sources[inputs.text("sourceType")];
    return types && inputs.texts("sourceIds").find((id) => !types.some((type) => find(type, id)));
}

export const rdsEvents: Record<string, ResourceType> = {
    [EVENT_SUBSCRIPTION]: {
        id: ({ inputs }) => inputs.text("name"),
        outputs: ({ id, region, accountId, partition }) => ({
            arn: `arn:${partition}:rds:${region}:${accountId}:es:${id}`,
            customerAwsId: accountId,
            namePrefix: "",
        }),
        name: "name",
        exists: "SubscriptionAlreadyExist",
        refersTo: { snsTopic: { type: TOPIC, weak: true, notFound: "SNSTopicArnNotFound" } },
        rejects: rules,
        conflicts: [missingSource],
        updateConflicts: [missingSource],
        notFound: "SubscriptionNotFound",
    },
};
