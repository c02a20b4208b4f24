import * as aws from "@pulumi/aws";
import { ref } from "../stack";
import { type ForeignCases, later, made, on, together } from "./foreign";

const own = made(aws.ec2.Vpc, "vpc", { cidrBlock: "10.0.0.0/16" });
const rule = { ruleNo: 100, action: "allow", fromPort: 0, toPort: 0 };

export const vpc: ForeignCases = {
    "vpc-flow-logged": {
        sound: [[own, made(aws.ec2.FlowLog, "log", { vpcId: ref("vpc") })]],
        bad: [
            [/it has no flow log/, own],
            [/it has no flow log/, own, made(aws.ec2.FlowLog, "log", { vpcId: "vpc-1" })],
        ],
        unproved: [[/log may be its flow log/, own, made(aws.ec2.FlowLog, "log", { vpcId: later })]],
    },
    "vpc-not-default": {
        sound: [[own]],
        bad: [[/it is a default of the account/, made(aws.ec2.DefaultVpc, "it", {})]],
        unproved: [],
    },
    "endpoint-service-guarded": on(aws.ec2.VpcEndpointService, {
        sound: [
            { acceptanceRequired: true },
            { acceptanceRequired: true, allowedPrincipals: ["arn:aws:iam::123456789012:root"] },
        ],
        bad: [
            [/acceptanceRequired is false/, { acceptanceRequired: false }],
            [/allowedPrincipals includes everyone/, { acceptanceRequired: true, allowedPrincipals: ["*"] }],
        ],
        unproved: [[/acceptanceRequired is not known/, { acceptanceRequired: later }]],
    }),
    "endpoint-service-principal-named": on(aws.ec2.VpcEndpointServiceAllowedPrinciple, {
        sound: [{ principalArn: "arn:aws:iam::123456789012:root" }],
        bad: [[/principalArn is \*/, { principalArn: "*" }]],
        unproved: [[/principalArn is not known yet/, { principalArn: later }]],
    }),
    "peering-with-own-accounts": on(aws.ec2.VpcPeeringConnection, {
        sound: [{ peerVpcId: "vpc-1" }],
        bad: [[/peerOwnerId is the account 111122223333/, { peerOwnerId: "111122223333" }]],
        unproved: [[/peerOwnerId is not known yet/, { peerOwnerId: later }]],
    }),
    "peering-routes-narrow": together(
        on(aws.ec2.Route, {
            sound: [
                { vpcPeeringConnectionId: later, destinationCidrBlock: "10.1.0.0/16" },
                { gatewayId: later, destinationCidrBlock: "0.0.0.0/0" },
            ],
            bad: [
                [
                    /it sends 0.0.0.0\/0 to a peered VPC/,
                    { vpcPeeringConnectionId: later, destinationCidrBlock: "0.0.0.0/0" },
                ],
            ],
            unproved: [
                [/destinationCidrBlock is not known/, { vpcPeeringConnectionId: later, destinationCidrBlock: later }],
            ],
        }),
        on(aws.ec2.RouteTable, {
            sound: [{ routes: [{ cidrBlock: "10.1.0.0/16", vpcPeeringConnectionId: later }] }, {}],
            bad: [
                [
                    /it sends ::\/0 to a peered VPC/,
                    { routes: [{ ipv6CidrBlock: "::/0", vpcPeeringConnectionId: later }] },
                ],
            ],
            unproved: [],
        }),
    ),
    "transit-gateway-asks": on(aws.ec2transitgateway.TransitGateway, {
        sound: [{}, { autoAcceptSharedAttachments: "disable" }],
        bad: [[/autoAcceptSharedAttachments is enable/, { autoAcceptSharedAttachments: "enable" }]],
        unproved: [[/autoAcceptSharedAttachments is not known/, { autoAcceptSharedAttachments: later }]],
    }),
    "vpc-public-access-blocked": on(aws.ec2.VpcBlockPublicAccessOptions, {
        sound: [{ internetGatewayBlockMode: "block-ingress" }],
        bad: [[/internetGatewayBlockMode is off/, { internetGatewayBlockMode: "off" }]],
        unproved: [[/internetGatewayBlockMode is not known/, { internetGatewayBlockMode: later }]],
    }),
    "default-network-acl-closed": on(aws.ec2.DefaultNetworkAcl, {
        sound: [{}, { ingress: [{ ...rule, protocol: "-1", cidrBlock: "10.0.0.0/16" }] }],
        bad: [
            [/it admits the internet to all ports/, { ingress: [{ ...rule, protocol: "-1", cidrBlock: "0.0.0.0/0" }] }],
        ],
        unproved: [[/a rule is not known yet/, { ingress: [{ ...rule, protocol: "-1", cidrBlock: later }] }]],
    }),
};
