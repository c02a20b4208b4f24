import { type Inputs, malformed, type Rejection, type ResourceType } from "../../resource-type";
import { type BodyProblem, bodyProblems } from "./dashboard-body";

export const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";

const INVALID = "InvalidParameterInput";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html */
const rules: Rejection<Inputs>[] = [
    malformed("dashboardName", /^[A-Za-z0-9_-]{1,255}$/, "1 to 255 letters, digits, hyphens and underscores", INVALID),
    {
        code: INVALID,
        at: "dashboardBody",
        when: (inputs) => problemsOf(inputs).length > 0,
        say: (inputs) => {
            const problems = problemsOf(inputs).map(({ path, message }) => `${path}: ${message}`);
            return `The dashboard body is invalid, there are ${problems.length} validation errors: ${problems.join("; ")}`;
        },
    },
];

function problemsOf(inputs: Inputs): BodyProblem[] {
    const body = inputs.text("dashboardBody");
    try {
        return bodyProblems(JSON.parse(body));
    } catch {
        return [{ path: "/", message: "Should be JSON" }];
    }
}

export const dashboards: Record<string, ResourceType> = {
    [DASHBOARD]: {
        id: ({ inputs }) => inputs.text("dashboardName"),
        // A dashboard is of the account, and of no region.
        outputs: ({ id, accountId, partition }) => ({
            dashboardArn: `arn:${partition}:cloudwatch::${accountId}:dashboard/${id}`,
        }),
        // Putting a dashboard of a name that exists changes that dashboard: two resources of a program would be one.
        name: "dashboardName",
        exists: INVALID,
        rejects: rules,
        notFound: "ResourceNotFound",
    },
};
