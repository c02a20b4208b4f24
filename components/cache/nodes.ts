import type * as aws from "@pulumi/aws";

/** The raw resources of a `Cache`. */
export interface CacheNodes {
    replicationGroup: aws.elasticache.ReplicationGroup;
    subnetGroup: aws.elasticache.SubnetGroup;
    parameterGroup: aws.elasticache.ParameterGroup;
    /** The group of the users who may log in; undefined with a token. */
    userGroup?: aws.elasticache.UserGroup;
    /** The cache's security group. */
    securityGroup: aws.ec2.SecurityGroup;
    /** The security group of its clients. */
    clientSecurityGroup: aws.ec2.SecurityGroup;
    /** The key of the cache, its snapshots and its secret. */
    key: aws.kms.Key;
    /** The secret with endpoint and credentials. */
    secret: aws.secretsmanager.Secret;
    /** The log groups, by log: `slow-log`, `engine-log`. */
    logGroups: Record<string, aws.cloudwatch.LogGroup>;
}
