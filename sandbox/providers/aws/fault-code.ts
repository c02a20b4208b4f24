/* The codes by which services answer that there is too much of something, from the lists of errors in their API references. */

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const ec2 = /^aws:(ec2|vpc|lb|ebs)\//;

export const throttlingCode = (type: string): string =>
    ec2.test(type) ? "RequestLimitExceeded" : /^aws:rds\//.test(type) ? "Throttling" : "ThrottlingException";

const capacity: Readonly<Record<string, string>> = {
    // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
    "aws:rds/instance:Instance": "InsufficientDBInstanceCapacity",
    "aws:rds/clusterInstance:ClusterInstance": "InsufficientDBInstanceCapacity",
    "aws:rds/cluster:Cluster": "InsufficientStorageClusterCapacity",
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
    "aws:elasticache/replicationGroup:ReplicationGroup": "InsufficientCacheClusterCapacity",
    // https://docs.aws.amazon.com/eks/latest/APIReference/API_Issue.html
    "aws:eks/nodeGroup:NodeGroup": "AsgInstanceLaunchFailures",
    "aws:eks/cluster:Cluster": "UnsupportedAvailabilityZoneException",
};

export const capacityCode = (type: string): string => capacity[type] ?? "InsufficientInstanceCapacity";

const quotas: Readonly<Record<string, string>> = {
    "aws:ec2/eip:Eip": "AddressLimitExceeded",
    "aws:ec2/vpc:Vpc": "VpcLimitExceeded",
    "aws:ec2/natGateway:NatGateway": "NatGatewayLimitExceeded",
    "aws:ec2/internetGateway:InternetGateway": "InternetGatewayLimitExceeded",
    "aws:ec2/subnet:Subnet": "SubnetLimitExceeded",
    "aws:ec2/routeTable:RouteTable": "RouteTableLimitExceeded",
    "aws:ec2/route:Route": "RouteLimitExceeded",
    "aws:ec2/securityGroup:SecurityGroup": "SecurityGroupLimitExceeded",
    "aws:ec2/vpcEndpoint:VpcEndpoint": "VpcEndpointLimitExceeded",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "RulesPerSecurityGroupLimitExceeded",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "RulesPerSecurityGroupLimitExceeded",
    // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/CommonErrors.html
    "aws:rds/instance:Instance": "InstanceQuotaExceeded",
    "aws:rds/clusterInstance:ClusterInstance": "InstanceQuotaExceeded",
    "aws:rds/cluster:Cluster": "DBClusterQuotaExceededFault",
    "aws:elasticache/replicationGroup:ReplicationGroup": "NodeQuotaForCustomerExceeded",
    "aws:eks/cluster:Cluster": "ResourceLimitExceededException",
    "aws:eks/nodeGroup:NodeGroup": "ResourceLimitExceededException",
    "aws:iam/role:Role": "LimitExceeded",
    "aws:iam/policy:Policy": "LimitExceeded",
};

export const quotaCode = (type: string): string => quotas[type] ?? "LimitExceededException";
