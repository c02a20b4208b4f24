import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Where in AWS a component makes its resources: what ARNs and the names of services are made from. */
export interface Whereabouts {
    /** The account's number. */
    accountId: pulumi.Output<string>;
    /** What ARNs begin with: `aws`, or for the regions in China `aws-cn`. */
    partition: pulumi.Output<string>;
    /** What the names of services end with: `amazonaws.com`. */
    dnsSuffix: pulumi.Output<string>;
    /** The region's name. */
    region: pulumi.Output<string>;
}

const known = new WeakMap<pulumi.ProviderResource, Whereabouts>();

/** Asked once of each provider, not once of each component: a platform has a hundred places that name its account. */
export function whereaboutsOf(component: pulumi.ComponentResource): Whereabouts {
    const provider = component.getProvider("aws:index:Provider");
    if (!provider) return ask({ parent: component });
    const whereabouts = known.get(provider) ?? ask({ provider });
    known.set(provider, whereabouts);
    return whereabouts;
}

/** The ARN of a policy of AWS's own, by its name and the path before that. */
export function managedPolicyArn({ partition }: Whereabouts, policy: string): pulumi.Output<string> {
    return pulumi.interpolate`arn:${partition}:iam::aws:policy/${policy}`;
}

function ask(options: pulumi.InvokeOptions): Whereabouts {
    const { partition, dnsSuffix } = aws.getPartitionOutput({}, options);
    return {
        accountId: aws.getCallerIdentityOutput({}, options).accountId,
        partition,
        dnsSuffix,
        region: aws.getRegionOutput({}, options).region,
    };
}
