import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** The account, partition and region that a component makes its resources in: what ARNs and names of services are made from. */
export interface AwsContext {
    /** The account's number. */
    accountId: pulumi.Output<string>;
    /** What ARNs begin with: `aws`, or for the regions in China `aws-cn`. */
    partition: pulumi.Output<string>;
    /** What the names of services end with: `amazonaws.com`. */
    dnsSuffix: pulumi.Output<string>;
    /** The region's name. */
    region: pulumi.Output<string>;
}

const known = new WeakMap<pulumi.ProviderResource, AwsContext>();

/** The context of a component's AWS provider. It is asked once of each provider, not once of each component: a platform has a hundred places that name its account. */
export function awsContextFor(component: pulumi.ComponentResource): AwsContext {
    const provider = component.getProvider("aws:index:Provider");
    if (!provider) return ask({ parent: component });
    const awsContext = known.get(provider) ?? ask({ provider });
    known.set(provider, awsContext);
    return awsContext;
}

/** The ARN of a policy of AWS's own, by its name and the path before that. */
export function managedPolicyArn({ partition }: AwsContext, policy: string): pulumi.Output<string> {
    return pulumi.interpolate`arn:${partition}:iam::aws:policy/${policy}`;
}

function ask(options: pulumi.InvokeOptions): AwsContext {
    const { partition, dnsSuffix } = aws.getPartitionOutput({}, options);
    return {
        accountId: aws.getCallerIdentityOutput({}, options).accountId,
        partition,
        dnsSuffix,
        region: aws.getRegionOutput({}, options).region,
    };
}
