import type * as pulumi from "@pulumi/pulumi";
import type { AlarmPlan } from "../alarm";

/** The platform's address to watch. */
export interface WatchedAddress {
    /** Its name in alarms: `ingress`. */
    name: string;
    certificateArn: pulumi.Input<string>;
}

/**
 * ACM begins to renew a certificate 60 days before it expires. At 44 days, AWS's recommendation, it has tried for two weeks.
 * @see https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html
 */
const daysToExpiry = 44;

/** The alarm of the platform's address, on its certificate. */
export function addressAlarms({ name, certificateArn }: WatchedAddress): AlarmPlan[] {
    return [
        {
            ...{ kind: "certificate-expiring", subject: name, comparison: "at or below", threshold: daysToExpiry },
            limit: `${daysToExpiry} days`,
            metrics: [
                {
                    ...{ namespace: "AWS/CertificateManager", name: "DaysToExpiry", statistic: "Minimum" },
                    dimensions: { CertificateArn: certificateArn },
                },
            ],
            ...{ periodSeconds: 86_400, evaluationPeriods: 1, datapointsToAlarm: 1, missingData: "breaching" },
        },
    ];
}
