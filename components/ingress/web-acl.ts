import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Component, type ComponentArgs } from "../component";
import { LogGroups } from "../logs";
import { nameLimits } from "../naming";
import { type Transform, transformed } from "../transform";
import type { WafSpec } from "./spec";

export interface WebAclArgs extends WafSpec, ComponentArgs {
    transform?: Transform<aws.wafv2.WebAclArgs>;
}

type Visibility = aws.wafv2.WebAclArgs["visibilityConfig"];

/** Headers that carry credentials: the log has them left out. */
const redacted = ["authorization", "cookie"];

/**
 * A web application firewall for load balancers: AWS's managed rule groups, then a limit on the requests of one address,
 * with every decision in an encrypted log.
 *
 * Costs five dollars a month, one for each rule, and by the million requests.
 * @see https://aws.amazon.com/waf/pricing/
 */
export class WebAcl extends Component {
    public readonly arn: pulumi.Output<string>;

    constructor(name: string, args: WebAclArgs, options?: pulumi.ComponentResourceOptions) {
        super("plinth:ingress:WebAcl", name, args, options);
        const acl: aws.wafv2.WebAclArgs = {
            name: this.physicalName(nameLimits.webAcl),
            description: "In front of the platform",
            scope: "REGIONAL",
            defaultAction: { allow: {} },
            rules: [
                ...args.ruleGroups.map((group, priority) => this.managedRule(group, priority)),
                this.rateLimit(args.requestsPerFiveMinutes, args.ruleGroups.length),
            ],
            visibilityConfig: this.visibility("all"),
            tags: this.tags(),
        };
        const webAcl = new aws.wafv2.WebAcl(this.childName("acl"), transformed(args.transform, acl), this.child);
        this.arn = webAcl.arn;
        this.log(args);
        this.registerOutputs({ arn: this.arn });
    }

    private managedRule(name: string, priority: number): aws.types.input.wafv2.WebAclRule {
        return {
            name,
            priority,
            overrideAction: { none: {} },
            statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
            visibilityConfig: this.visibility(name),
        };
    }

    private rateLimit(limit: number, priority: number): aws.types.input.wafv2.WebAclRule {
        return {
            name: "rate-limit",
            priority,
            action: { block: {} },
            statement: { rateBasedStatement: { limit, evaluationWindowSec: 300, aggregateKeyType: "IP" } },
            visibilityConfig: this.visibility("rate-limit"),
        };
    }

    private visibility(metric: string): Visibility {
        return {
            cloudwatchMetricsEnabled: true,
            metricName: `${this.physicalName(nameLimits.webAcl - 50)}-${metric}`,
            sampledRequestsEnabled: true,
        };
    }

    /** WAF writes only to log groups whose name begins like this. */
    private log({ logRetentionDays, keyDeletionWindowDays }: WafSpec): void {
        const logs = new LogGroups(
            this.childName("logs"),
            {
                ...this.shared,
                purpose: `the firewall's log of ${this.displayName()}`,
                names: { requests: `aws-waf-logs-${this.physicalName(nameLimits.logGroup)}` },
                retentionDays: logRetentionDays,
                keyDeletionWindowDays,
            },
            this.child,
        );
        new aws.wafv2.WebAclLoggingConfiguration(
            this.childName("logging"),
            {
                resourceArn: this.arn,
                logDestinationConfigs: [logs.arns.requests],
                redactedFields: redacted.map((name) => ({ singleHeader: { name } })),
            },
            this.child,
        );
    }
}
