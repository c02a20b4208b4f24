import * as pulumi from "@pulumi/pulumi";
import type { AwsContext } from "../aws-context";
import type { PolicyStatement } from "../policy-document";

/** Where a controller works. */
export interface ControllerDependencies extends AwsContext {
    clusterName: string;
}

const allow = (Sid: string, Action: string[], rest: Partial<PolicyStatement> = {}): PolicyStatement => ({
    ...{ Sid, Effect: "Allow", Action, Resource: "*" },
    ...rest,
});

/**
 * What the AWS Load Balancer Controller documents that it needs, but what it changes has to bear this cluster's tag and not
 * any cluster's.
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/install/iam_policy.json
 */
export function loadBalancerPolicy({
    clusterName,
    partition,
    region,
    accountId,
}: ControllerDependencies): PolicyStatement[] {
    const tag = "elbv2.k8s.aws/cluster";
    const ours = { StringEquals: { [`aws:ResourceTag/${tag}`]: clusterName } };
    const tagging = { StringEquals: { [`aws:RequestTag/${tag}`]: clusterName } };
    const arn = (service: string, resource: string) =>
        pulumi.interpolate`arn:${partition}:${service}:${region}:${accountId}:${resource}`;
    const securityGroups = arn("ec2", "security-group/*");
    const balancers = ["targetgroup/*/*", "loadbalancer/net/*/*", "loadbalancer/app/*/*"].map((one) =>
        arn("elasticloadbalancing", one),
    );
    const listeners = ["net/*/*/*", "app/*/*/*"].flatMap((one) => [
        arn("elasticloadbalancing", `listener/${one}`),
        arn("elasticloadbalancing", `listener-rule/${one}`),
        arn("elasticloadbalancing", `listener-rule/${one}/*`),
    ]);
    return [
        allow("MakeOwnServiceRole", ["iam:CreateServiceLinkedRole"], {
            Condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
        }),
        allow("LookAround", [
            "ec2:DescribeAccountAttributes",
            "ec2:DescribeAddresses",
            "ec2:DescribeAvailabilityZones",
            "ec2:DescribeInternetGateways",
            "ec2:DescribeVpcs",
            "ec2:DescribeVpcPeeringConnections",
            "ec2:DescribeSubnets",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeInstances",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeTags",
            "ec2:GetCoipPoolUsage",
            "ec2:DescribeCoipPools",
            "ec2:GetSecurityGroupsForVpc",
            "ec2:DescribeIpamPools",
            "ec2:DescribeRouteTables",
            "elasticloadbalancing:Describe*",
            "acm:ListCertificates",
            "acm:DescribeCertificate",
            "iam:ListServerCertificates",
            "iam:GetServerCertificate",
            "cognito-idp:DescribeUserPoolClient",
            "wafv2:GetWebACL",
            "wafv2:GetWebACLForResource",
            "shield:GetSubscriptionState",
            "shield:DescribeProtection",
        ]),
        allow("GuardLoadBalancers", [
            "wafv2:AssociateWebACL",
            "wafv2:DisassociateWebACL",
            "shield:CreateProtection",
            "shield:DeleteProtection",
        ]),
        // The nodes' own group is not the controller's, and is opened to its load balancers too.
        allow("OpenSecurityGroups", ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"], {
            Resource: securityGroups,
        }),
        allow("MakeSecurityGroups", ["ec2:CreateSecurityGroup"]),
        allow("TagNewSecurityGroups", ["ec2:CreateTags"], {
            Resource: securityGroups,
            Condition: { StringEquals: { "ec2:CreateAction": "CreateSecurityGroup", ...tagging.StringEquals } },
        }),
        allow("KeepOwnSecurityGroups", ["ec2:CreateTags", "ec2:DeleteTags", "ec2:DeleteSecurityGroup"], {
            Resource: securityGroups,
            Condition: ours,
        }),
        allow(
            "MakeLoadBalancers",
            ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
            { Condition: tagging },
        ),
        allow("MakeListeners", [
            "elasticloadbalancing:CreateListener",
            "elasticloadbalancing:DeleteListener",
            "elasticloadbalancing:CreateRule",
            "elasticloadbalancing:DeleteRule",
        ]),
        allow("TagNewLoadBalancers", ["elasticloadbalancing:AddTags"], {
            Resource: balancers,
            Condition: {
                StringEquals: {
                    "elasticloadbalancing:CreateAction": ["CreateTargetGroup", "CreateLoadBalancer"],
                    ...tagging.StringEquals,
                },
            },
        }),
        allow("TagOwnLoadBalancers", ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"], {
            Resource: balancers,
            Condition: ours,
        }),
        allow("TagListeners", ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"], {
            Resource: listeners,
        }),
        allow(
            "KeepOwnLoadBalancers",
            [
                "elasticloadbalancing:ModifyLoadBalancerAttributes",
                "elasticloadbalancing:SetIpAddressType",
                "elasticloadbalancing:SetSecurityGroups",
                "elasticloadbalancing:SetSubnets",
                "elasticloadbalancing:DeleteLoadBalancer",
                "elasticloadbalancing:ModifyTargetGroup",
                "elasticloadbalancing:ModifyTargetGroupAttributes",
                "elasticloadbalancing:DeleteTargetGroup",
                "elasticloadbalancing:ModifyListenerAttributes",
                "elasticloadbalancing:ModifyCapacityReservation",
                "elasticloadbalancing:ModifyIpPools",
            ],
            { Condition: ours },
        ),
        allow("RegisterPods", ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"], {
            Resource: arn("elasticloadbalancing", "targetgroup/*/*"),
        }),
        allow("KeepListeners", [
            "elasticloadbalancing:SetWebAcl",
            "elasticloadbalancing:ModifyListener",
            "elasticloadbalancing:AddListenerCertificates",
            "elasticloadbalancing:RemoveListenerCertificates",
            "elasticloadbalancing:ModifyRule",
            "elasticloadbalancing:SetRulePriorities",
        ]),
    ];
}

/**
 * What the autoscaler documents that it needs: to look at all groups, and to change those that EKS tagged as this cluster's.
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
 */
export function autoscalerPolicy({
    clusterName,
    partition,
    region,
    accountId,
}: ControllerDependencies): PolicyStatement[] {
    const prefix = "aws:ResourceTag/k8s.io/cluster-autoscaler";
    return [
        allow("LookAround", [
            "autoscaling:DescribeAutoScalingGroups",
            "autoscaling:DescribeAutoScalingInstances",
            "autoscaling:DescribeLaunchConfigurations",
            "autoscaling:DescribeScalingActivities",
            "autoscaling:DescribeTags",
            "ec2:DescribeImages",
            "ec2:DescribeInstanceTypes",
            "ec2:DescribeLaunchTemplateVersions",
            "ec2:GetInstanceTypesFromInstanceRequirements",
        ]),
        allow("LookAtNodeGroups", ["eks:DescribeNodegroup"], {
            Resource: pulumi.interpolate`arn:${partition}:eks:${region}:${accountId}:nodegroup/${clusterName}/*/*`,
        }),
        allow("ScaleOwnGroups", ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"], {
            Resource: pulumi.interpolate`arn:${partition}:autoscaling:${region}:${accountId}:autoScalingGroup:*:autoScalingGroupName/*`,
            Condition: { StringEquals: { [`${prefix}/enabled`]: "true", [`${prefix}/${clusterName}`]: "owned" } },
        }),
    ];
}
