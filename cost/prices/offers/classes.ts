/** Sizes of the families that do not burst: up to 16 virtual CPUs. */
const sizes = "large|xlarge|2xlarge|4xlarge";
const burstable = "micro|small|medium|large|xlarge|2xlarge";

/** The classes that the tables have prices of. Any other is an error of an estimate, until it is added here or to a table. */
export const classes = {
    ec2: new RegExp(`^(?:t(?:3|3a|4g)\\.(?:${burstable})|[cmr](?:5|6a|6g|6i|7a|7g|7i|8g|8i)\\.(?:${sizes}))$`),
    database: new RegExp(`^db\\.(?:t(?:3|4g)\\.(?:${burstable})|[mr](?:5|6g|6i|7g|7i|8g)\\.(?:${sizes}))$`),
    cache: new RegExp(`^cache\\.(?:t(?:3|4g)\\.(?:micro|small|medium)|[mr](?:5|6g|7g)\\.(?:${sizes}))$`),
} as const;
