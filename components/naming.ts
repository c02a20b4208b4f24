import { createHash } from "node:crypto";

/**
 * The most characters that AWS allows in a physical name.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html
 * @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateEventSubscription.html
 * @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Budget.html
 */
export const nameLimits = {
    databaseInstance: 63,
    databaseProxy: 63,
    replicationGroup: 40,
    cacheUser: 40,
    /** 80, of which a FIFO queue needs five for its ".fifo". */
    queue: 75,
    role: 64,
    managedPolicy: 128,
    rolePolicy: 128,
    /** 256, less the "alias/" in front. */
    keyAlias: 250,
    securityGroup: 255,
    subnetGroup: 255,
    parameterGroup: 255,
    snapshot: 255,
    secret: 512,
    lambdaFunction: 64,
    /** 128, less the "serverlessrepo-" that AWS puts in front. */
    rotationStack: 113,
    loadBalancer: 32,
    webAcl: 128,
    /** 512, less a path in front and a part after it. */
    logGroup: 400,
    cluster: 100,
    topic: 256,
    chatConfiguration: 128,
    alarm: 255,
    dashboard: 255,
    eventRule: 64,
    eventSubscription: 255,
    budget: 100,
    launchTemplate: 128,
    repository: 256,
    /** A vault, and what a plan and its selection are called. */
    backup: 50,
} as const;

const hashLength = 8;

/**
 * A name that AWS takes for any kind of resource: lower-case letters, digits and single hyphens, a letter first and no
 * hyphen last, `limit` characters at most. A name that is all this already comes back as it is; any other is mended and
 * marked with a hash of what was wanted, so that two different wishes never meet in one name.
 */
export function physicalName(wanted: string, limit: number): string {
    const mended = mend(wanted);
    if (mended === wanted && wanted.length <= limit) return wanted;
    const stem = mended.slice(0, limit - hashLength - 1).replace(/-$/, "");
    return `${stem}-${shortHash(wanted)}`;
}

/** Eight hexadecimal digits that stand for a text in a name. */
export function shortHash(text: string): string {
    return createHash("sha256").update(text).digest("hex").slice(0, hashLength);
}

function mend(wanted: string): string {
    const clean = wanted
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "");
    return /^[a-z]/.test(clean) ? clean : `n${clean}`;
}
