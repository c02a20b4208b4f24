import { type Inputs, malformed, outside, type Rejection, type ResourceType, unlisted } from "../../resource-type";
import { CLUSTER } from "../rds/cluster-rule";

const TARGET = "aws:appautoscaling/target:Target";
const POLICY = "aws:appautoscaling/policy:Policy";

/** The dimensions that can be scaled here. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html */
const DIMENSIONS: Record<string, string> = { rds: "rds:cluster:ReadReplicaCount" };
const METRICS = ["RDSReaderAverageCPUUtilization", "RDSReaderAverageDatabaseConnections"];
const READERS_FORM = /^cluster:[A-Za-z][A-Za-z0-9-]*$/;

const whatIsScaled: Rejection<Inputs>[] = [
    unlisted("serviceNamespace", Object.keys(DIMENSIONS), "ValidationException"),
    {
        code: "ValidationException",
        at: "scalableDimension",
        when: (inputs) => {
            const dimension = DIMENSIONS[inputs.text("serviceNamespace")];
            return dimension !== undefined && inputs.text("scalableDimension") !== dimension;
        },
        say: (inputs) =>
            `Unsupported service namespace, resource type or scalable dimension: ${inputs.text("scalableDimension")}`,
    },
    malformed("resourceId", READERS_FORM, "it is cluster: and the identifier of a cluster", "ValidationException"),
];

function trackingOf(inputs: Inputs): Inputs | undefined {
    return inputs.block("targetTrackingScalingPolicyConfiguration");
}

export const appautoscaling: Record<string, ResourceType> = {
    [TARGET]: {
        id: ({ inputs }) => inputs.text("resourceId"),
        outputs: ({ region, accountId, hex, partition, dnsSuffix }) => ({
            arn: `arn:${partition}:application-autoscaling:${region}:${accountId}:scalable-target/${hex(20)}`,
            roleArn: `arn:${partition}:iam::${accountId}:role/aws-service-role/rds.application-autoscaling.${dnsSuffix}/AWSServiceRoleForApplicationAutoScaling_RDSCluster`,
        }),
        rejects: [
            ...whatIsScaled,
            outside("minCapacity", 0, 15, "ValidationException"),
            outside("maxCapacity", 0, 15, "ValidationException"),
            {
                code: "ValidationException",
                at: "maxCapacity",
                when: (inputs) => (inputs.number("maxCapacity") ?? 0) < (inputs.number("minCapacity") ?? 0),
                say: () => "Maximum capacity cannot be less than minimum capacity",
            },
        ],
        conflicts: [
            {
                code: "ValidationException",
                at: "resourceId",
                when: ({ inputs, find }) => !find(CLUSTER, inputs.text("resourceId").replace(/^cluster:/, "")),
                say: ({ inputs }) => `DB cluster doesn't exist: ${inputs.text("resourceId")}`,
            },
        ],
        notFound: "ObjectNotFoundException",
    },
    [POLICY]: {
        id: ({ inputs }) => inputs.text("name"),
        outputs: ({ id, inputs, region, accountId, hex, partition }) => ({
            arn: `arn:${partition}:autoscaling:${region}:${accountId}:scalingPolicy:${hex(32)}:resource/rds/${inputs.text("resourceId")}:policyName/${id}`,
            alarmArns: ["AlarmHigh", "AlarmLow"].map(
                (alarm) =>
                    `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:TargetTracking-${inputs.text("resourceId")}-${alarm}-${hex(32)}`,
            ),
        }),
        name: "name",
        within: "resourceId",
        // Deregistering a target deletes its policies.
        refersTo: { resourceId: { type: TARGET, weak: true } },
        rejects: [
            ...whatIsScaled,
            {
                code: "ValidationException",
                at: "targetTrackingScalingPolicyConfiguration",
                when: (inputs) => inputs.text("policyType") === "TargetTrackingScaling" && !trackingOf(inputs),
                say: () => "Target tracking policy configuration is required",
            },
            {
                code: "ValidationException",
                at: "targetTrackingScalingPolicyConfiguration",
                when: (inputs) => {
                    const metric = trackingOf(inputs)?.block("predefinedMetricSpecification");
                    return metric !== undefined && !METRICS.includes(metric.text("predefinedMetricType"));
                },
                say: () => `The predefined metrics of rds are ${METRICS.join(" and ")}`,
            },
        ],
    },
};
