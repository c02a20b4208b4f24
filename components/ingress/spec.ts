/** How the platform is reached from the internet, in plain values. */
export interface IngressSpec {
    /** The host name that it is reached under: `shop.example.com`. */
    host: string;
    /**
     * The public hosted zone of Route 53 that the host is in. The host gets its record there, and a certificate is made and
     * proved there unless one is given.
     * @default none
     */
    hostedZoneId?: string;
    /**
     * A certificate of ACM for the host, in the stack's region.
     * @default one that is made in `hostedZoneId`
     */
    certificateArn?: string;
    /**
     * The load balancer's TLS policy: one that takes TLS 1.2 and later only.
     * @default ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09
     * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
     */
    tlsPolicy: string;
    /**
     * The blocks of addresses that are let in. The load balancer's security group is made of them.
     * @default 0.0.0.0/0
     */
    inboundCidrs: string[];
    /**
     * Seconds that a connection may be silent.
     * @default 60
     */
    idleTimeoutSeconds: number;
    /**
     * Name of an S3 bucket that the load balancer writes its access logs to, one whose policy lets it.
     * @default none
     * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
     */
    accessLogBucket?: string;
    /**
     * A firewall in front of the load balancer. `{}` for one with the defaults.
     * @default none
     */
    waf?: WafSpec;
}

/** A web application firewall, in plain values. */
export interface WafSpec {
    /**
     * AWS's managed rule groups that requests have to pass, by name, in that order.
     * @default AWSManagedRulesAmazonIpReputationList, AWSManagedRulesCommonRuleSet, AWSManagedRulesKnownBadInputsRuleSet
     * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
     */
    ruleGroups: string[];
    /**
     * Requests from one address in five minutes after which the rest of them are turned away, 10 or more.
     * @default 2000
     */
    requestsPerFiveMinutes: number;
    /**
     * Days that the log of requests is kept: one of the spans that CloudWatch offers.
     * @default by tier: 30 / 90 / 365
     */
    logRetentionDays: number;
    /**
     * Days between asking AWS to delete the log's key and its end, 7 to 30.
     * @default by tier: 7 / 7 / 30
     */
    keyDeletionWindowDays: number;
}
