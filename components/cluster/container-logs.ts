import { logGroupLabel } from "../kubernetes/pod-labels";

/** Where Fluent Bit and the CloudWatch agent write what the containers and nodes of a cluster log, and measure. */
export function containerLogGroupName(cluster: string, part: string): string {
    return `/aws/containerinsights/${cluster}/${part}`;
}

/** The log group of a service, which its pods name in a label. */
export function serviceLogGroupName(cluster: string, service: string): string {
    return containerLogGroupName(cluster, `services/${service}`);
}

type Section = [kind: "INPUT" | "FILTER" | "OUTPUT", settings: Record<string, string>];

/** How Fluent Bit names, in a record, the label of a pod that says where its log goes. */
const label = `$kubernetes['labels']['${logGroupLabel}']`;

/** What `rewrite_tag` puts in front of the tag of a record that has the label. */
const serviceTag = "service";

/**
 * The configuration of the add-on for CloudWatch, as its `configurationValues`. The agent's and Fluent Bit's own logs, and those
 * of all pods without the label, go where the add-on has them by default; those of the services go to groups of their own, which
 * exist already: Fluent Bit would create groups without encryption and without an end of retention.
 *
 * The add-on takes its file for applications as a whole. This one is its default, but for the labels of pods, which the default
 * leaves out, and for what divides the services' records from the others.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/install-CloudWatch-Observability-EKS-addon.html
 * @see https://docs.fluentbit.io/manual/pipeline/outputs/cloudwatch
 */
export const observabilityConfiguration = {
    containerLogs: {
        enabled: true,
        fluentBit: { config: { extraFiles: { "application-log.conf": applicationLogs().map(written).join("\n\n") } } },
    },
};

function applicationLogs(): Section[] {
    const own = ["cloudwatch-agent*", "fluent-bit*", "aws-node*", "kube-proxy*"].map(logsOf).join(", ");
    return [
        [
            "INPUT",
            {
                ...tail("*.log", "flb_container.db", "50MB"),
                ...{ Exclude_Path: own, Rotate_Wait: "30", "storage.type": "filesystem" },
            },
        ],
        ["INPUT", tail("fluent-bit*", "flb_log.db", "5MB")],
        ["INPUT", tail("cloudwatch-agent*", "flb_cwagent.db", "5MB")],
        [
            "FILTER",
            {
                ...{ Name: "kubernetes", Match: "application.*", Kube_URL: "https://kubernetes.default.svc:443" },
                Kube_Tag_Prefix: "application.var.log.containers.",
                ...{ Merge_Log: "On", Merge_Log_Key: "log_processed" },
                ...{ "K8S-Logging.Parser": "On", "K8S-Logging.Exclude": "Off", Labels: "On", Annotations: "Off" },
                ...{ Use_Kubelet: "On", Kubelet_Port: "10250", Buffer_Size: "0" },
            },
        ],
        [
            "FILTER",
            {
                ...{ Name: "rewrite_tag", Match: "application.*" },
                Rule: `${label} ^[a-z0-9-]+$ ${serviceTag}.$TAG false`,
                ...{ Emitter_Name: "services", "Emitter_Storage.type": "filesystem" },
            },
        ],
        ["OUTPUT", { ...toGroup("application.*", "application"), auto_create_group: "true" }],
        [
            "OUTPUT",
            {
                // Where the template cannot be filled in.
                ...toGroup(`${serviceTag}.*`, "application"),
                log_group_template: serviceLogGroupName(environmentVariable("CLUSTER_NAME"), label),
                auto_create_group: "false",
            },
        ],
    ];
}

function tail(files: string, database: string, memory: string): Section[1] {
    return {
        ...{ Name: "tail", Tag: "application.*", Path: logsOf(files), "multiline.parser": "docker, cri" },
        ...{ DB: `/var/fluent-bit/state/${database}`, Mem_Buf_Limit: memory, Skip_Long_Lines: "On" },
        ...{ Refresh_Interval: "10", Read_from_Head: environmentVariable("READ_FROM_HEAD") },
    };
}

function logsOf(files: string): string {
    return `/var/log/containers/${files}`;
}

function toGroup(match: string, part: string): Section[1] {
    return {
        ...{ Name: "cloudwatch_logs", Match: match, region: environmentVariable("AWS_REGION") },
        log_group_name: containerLogGroupName(environmentVariable("CLUSTER_NAME"), part),
        log_stream_prefix: `${environmentVariable("HOST_NAME")}-`,
        extra_user_agent: "container-insights",
    };
}

/** Fluent Bit's way to say it. The add-on gives its pods these variables. */
function environmentVariable(name: string): string {
    return `\${${name}}`;
}

function written([kind, settings]: Section): string {
    const lines = Object.entries(settings).map(([key, value]) => `  ${key.padEnd(21)} ${value}`);
    return [`[${kind}]`, ...lines].join("\n");
}
