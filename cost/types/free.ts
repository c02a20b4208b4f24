/** Types of AWS that are not charged by themselves, by the reason. */
const reasons: Readonly<Record<string, readonly string[]>> = {
    "AWS charges nothing for it": [
        ...["aws:acm/certificate:Certificate", "aws:acm/certificateValidation:CertificateValidation"],
        ...["aws:appautoscaling/policy:Policy", "aws:appautoscaling/target:Target"],
        ...["aws:backup/plan:Plan", "aws:backup/selection:Selection", "aws:backup/vaultPolicy:VaultPolicy"],
        ...["aws:backup/vaultLockConfiguration:VaultLockConfiguration", "aws:budgets/budget:Budget"],
        ...["aws:cloudwatch/eventRule:EventRule", "aws:cloudwatch/eventTarget:EventTarget"],
        "aws:cloudwatch/queryDefinition:QueryDefinition",
        "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration",
        "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration",
        ...["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "aws:ec2/internetGateway:InternetGateway"],
        ...["aws:ec2/networkAcl:NetworkAcl", "aws:ec2/route:Route", "aws:ec2/routeTable:RouteTable"],
        ...["aws:ec2/routeTableAssociation:RouteTableAssociation", "aws:ec2/securityGroup:SecurityGroup"],
        ...["aws:ec2/securityGroupRule:SecurityGroupRule", "aws:ec2/subnet:Subnet", "aws:ec2/vpc:Vpc"],
        ...["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"],
        ...["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"],
        ...["aws:ecr/lifecyclePolicy:LifecyclePolicy", "aws:ecr/pullThroughCacheRule:PullThroughCacheRule"],
        ...["aws:ecr/repositoryPolicy:RepositoryPolicy", "aws:eks/accessEntry:AccessEntry"],
        ...["aws:eks/accessPolicyAssociation:AccessPolicyAssociation"],
        ...["aws:eks/podIdentityAssociation:PodIdentityAssociation"],
        ...["aws:elasticache/parameterGroup:ParameterGroup", "aws:elasticache/subnetGroup:SubnetGroup"],
        ...["aws:elasticache/user:User", "aws:elasticache/userGroup:UserGroup"],
        ...["aws:iam/instanceProfile:InstanceProfile", "aws:iam/openIdConnectProvider:OpenIdConnectProvider"],
        ...["aws:iam/policy:Policy", "aws:iam/role:Role", "aws:iam/rolePolicy:RolePolicy"],
        ...["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "aws:kms/alias:Alias"],
        ...["aws:rds/clusterParameterGroup:ClusterParameterGroup", "aws:rds/parameterGroup:ParameterGroup"],
        ...["aws:rds/eventSubscription:EventSubscription"],
        ...["aws:rds/subnetGroup:SubnetGroup", "aws:sqs/queuePolicy:QueuePolicy"],
        ...["aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", "aws:sqs/redrivePolicy:RedrivePolicy"],
        ...["aws:secretsmanager/secretVersion:SecretVersion", "aws:sns/topicPolicy:TopicPolicy"],
    ],
    "its price is that of what it writes, which its log group has": [
        "aws:ec2/flowLog:FlowLog",
        "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    ],
    "its metric is charged for the hours in which something is counted, 30 cents for a whole month": [
        "aws:cloudwatch/logMetricFilter:LogMetricFilter",
    ],
    "its price is that of what is made from it": [
        "aws:ec2/launchTemplate:LaunchTemplate",
        "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup",
        "aws:rds/proxyEndpoint:ProxyEndpoint",
    ],
    "its price is that of its targets": ["aws:rds/proxy:Proxy"],
    "its price is that of the web ACL": ["aws:wafv2/webAclAssociation:WebAclAssociation"],
    "its price is that of the queries, less than a dollar for a million": ["aws:route53/record:Record"],
    "its functions run for seconds in a month": [
        "aws:secretsmanager/secretRotation:SecretRotation",
        "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
    ],
    "the first thousand e-mails of a month are free": [
        "aws:sns/topic:Topic",
        "aws:sns/topicSubscription:TopicSubscription",
    ],
};

const byType = new Map(Object.entries(reasons).flatMap(([reason, types]) => types.map((type) => [type, reason])));

/** Providers whose resources AWS does not see. */
const free: Readonly<Record<string, string>> = {
    kubernetes: "what runs in the cluster is paid with its nodes",
    random: "AWS does not see it",
    pulumi: "AWS does not see it",
};

/** Why a type is not charged; undefined where it may be. */
export function reasonForNoCharge(type: string): string | undefined {
    return byType.get(type) ?? free[type.split(":")[0] ?? ""];
}
