import { type ResourceType, sameInputs, unlisted } from "../../resource-type";
import { LOG_GROUP } from "../cloudwatch/log-group";
import { ROLE } from "../iam/role";
import { SUBNET, VPC } from "./network";

export const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

/** The inputs that name what is logged: a flow log has exactly one. */
const SUBJECTS = ["vpcId", "subnetId", "eniId", "transitGatewayId", "transitGatewayAttachmentId"];

/** Two flow logs with the same values of these inputs are duplicates. */
const SAME = [...SUBJECTS, "trafficType", "logDestination", "logFormat"];

/** The default fields of a record. https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html */
const FIELDS = [
    ...["version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol"],
    ...["packets", "bytes", "start", "end", "action", "log-status"],
];

export const flowLogs: Record<string, ResourceType> = {
    [FLOW_LOG]: {
        id: ({ hex }) => `fl-0${hex(16)}`,
        outputs: ({ id, region, accountId, partition }) => ({
            arn: `arn:${partition}:ec2:${region}:${accountId}:vpc-flow-log/${id}`,
            logFormat: FIELDS.map((field) => `\${${field}}`).join(" "),
        }),
        // EC2 deletes each of them; the flow log then has nothing to record or no destination.
        refersTo: {
            vpcId: { type: VPC, weak: true },
            subnetId: { type: SUBNET, weak: true },
            iamRoleArn: { type: ROLE, weak: true },
            logDestination: { type: LOG_GROUP, weak: true },
        },
        rejects: [
            {
                code: "InvalidParameter",
                when: (inputs) => SUBJECTS.filter((name) => inputs.has(name)).length !== 1,
                say: () => `exactly one of ${SUBJECTS.join(", ")} must be given`,
            },
            {
                code: "InvalidParameter",
                at: "iamRoleArn",
                when: (inputs) =>
                    !inputs.has("iamRoleArn") &&
                    (inputs.text("logDestinationType") || "cloud-watch-logs") === "cloud-watch-logs",
                say: () => "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs",
            },
            unlisted("maxAggregationInterval", ["60", "600"], "InvalidParameter"),
        ],
        unique: [
            {
                code: "FlowLogAlreadyExists",
                key: sameInputs(...SAME),
                say: () => "There is an existing Flow Log with the same configuration and log destination.",
            },
        ],
        notFound: "InvalidFlowLogId.NotFound",
    },
};
