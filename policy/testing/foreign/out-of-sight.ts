import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import type { Declared } from "../stack";
import { type ForeignCases, made } from "./foreign";

const template = JSON.stringify({
    Resources: { data: { Type: "AWS::S3::Bucket" }, more: { Type: "AWS::S3::Bucket" } },
});
const native: Declared = { type: "aws-native:s3:Bucket", name: "it", props: {} };
const bucket = made(aws.s3.Bucket, "it", {});

export const outOfSight: ForeignCases = {
    "resource-in-sight": {
        sound: [[bucket]],
        bad: [],
        unproved: [
            [
                /AWS::RDS::DBInstance is made through Cloud Control/,
                made(aws.cloudcontrol.Resource, "it", { typeName: "AWS::RDS::DBInstance" }),
            ],
            [
                /: AWS::S3::Bucket is made by CloudFormation/,
                made(aws.cloudformation.Stack, "it", { templateBody: template }),
            ],
            [
                /what its template declares is made by/,
                made(aws.cloudformation.StackSet, "it", { templateBody: "Resources: {}" }),
            ],
            [/aws-native:s3:Bucket is a type of another provider/, native],
            [/declares 2 objects in one resource/, made(kubernetes.core.v1.PodList, "it", { items: [{}, {}] })],
            [/changes an object that another/, made(kubernetes.apps.v1.DeploymentPatch, "it", {})],
        ],
    },
};
