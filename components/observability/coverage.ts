/**
 * Why there is no alarm on a metric that AWS recommends one for, by namespace and metric. All others have one, where the stack
 * has what they watch.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html
 */
export const notWatched: Record<string, string> = {
    "AWS/AutoScaling GroupInServiceCapacity":
        "EKS does not turn on the group metrics of its node groups; node-failed watches the nodes",
    "AWS/EBS VolumeStalledIOCheck":
        "the volumes of nodes come and go with the autoscaler, so their ids are not known; node-failed watches the nodes",
    "AWS/EC2 CPUUtilization": "nodes come and go with the autoscaler; node-cpu-high watches all of them",
    "AWS/EC2 StatusCheckFailed": "EKS replaces nodes that fail; node-failed watches all of them",
    "AWS/EC2 StatusCheckFailed_AttachedEBS": "EKS replaces nodes that fail; node-failed watches all of them",
    "AWS/Lambda ClaimedAccountConcurrency": "is a figure of the account, not of a stack",
    "AWS/Lambda ConcurrentExecutions": "the function that rotates passwords runs once for a secret and a rotation",
    "AWS/Lambda Duration": "the function that rotates passwords fails at its timeout, which rotation-failed sees",
    "AWS/Lambda Throttles": "Secrets Manager repeats a call that was throttled",
    "AWS/RDS AuroraBinlogReplicaLag": "no cluster of Plinth's is a replica by binlog",
    "AWS/RDS StorageNetworkThroughput":
        "AWS publishes no limit of it by instance class; database-load-high and the latencies see its effect",
    "AWS/SNS NumberOfMessagesPublished": "a topic of alarms is silent on a good day",
    "AWS/SNS NumberOfNotificationsDelivered": "a topic of alarms is silent on a good day",
    "AWS/SNS NumberOfNotificationsFailedToRedriveToDlq": "the topic's subscriptions have no dead-letter queue",
    "AWS/SNS NumberOfNotificationsRedrivenToDlq": "the topic's subscriptions have no dead-letter queue",
    "AWS/SNS NumberOfNotificationsFilteredOut-InvalidAttributes": "the topic's subscriptions have no filter",
    "AWS/SNS NumberOfNotificationsFilteredOut-InvalidMessageBody": "the topic's subscriptions have no filter",
    "AWS/SNS SMSMonthToDateSpentUSD": "the topic sends no SMS",
    "AWS/SNS SMSSuccessRate": "the topic sends no SMS",
    "ContainerInsights apiserver_request_total_5XX": "is apiserver_request_total_5xx by another spelling",
    "ContainerInsights apiserver_storage_list_duration_seconds":
        "AWS names no threshold; kubernetes-api-slow sees requests that it slows down",
    "ContainerInsights container_cpu_utilization": "needs an alarm for each pod; pods-busy watches the namespace",
    "ContainerInsights container_filesystem_utilization":
        "needs an alarm for each pod; the services' file systems are read-only, and node-disk-full watches the nodes",
    "ContainerInsights container_memory_utilization": "needs an alarm for each pod; pods-busy watches the namespace",
    "ContainerInsights pod_cpu_reserved_capacity": "node-capacity-reserved watches all that is reserved on the nodes",
    "ContainerInsights pod_memory_reserved_capacity":
        "node-capacity-reserved watches all that is reserved on the nodes",
    "ContainerInsights pod_cpu_utilization_over_pod_limit":
        "needs an alarm for each service; the services' autoscalers add pods at 70 %",
    "ContainerInsights pod_memory_utilization_over_pod_limit":
        "needs an alarm for each service; the services' autoscalers add pods at 80 %",
};
