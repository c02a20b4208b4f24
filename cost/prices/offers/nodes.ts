import { classes } from "./classes";
import { gigabyteMonth, hour, type PriceRule } from "./rule";

export const nodes: readonly PriceRule[] = [
    {
        ...{ offer: "AmazonEC2", key: "ec2/*", usage: ["BoxUsage:*"], classes: classes.ec2, ...hour },
        where: {
            "Operating System": ["Linux"],
            Tenancy: ["Shared"],
            "Pre Installed S/W": ["NA"],
            CapacityStatus: ["Used"],
            operation: ["RunInstances"],
        },
    },
    // AWS's list calls io1 by what it was first called.
    ...Object.entries({ gp2: "gp2", gp3: "gp3", io1: "piops", io2: "io2" }).map(
        ([type, name]): PriceRule => ({
            ...{ offer: "AmazonEC2", key: `ebs/${type}`, usage: [`EBS:VolumeUsage.${name}`], ...gigabyteMonth },
            where: { "Volume API Name": [type] },
        }),
    ),
    { offer: "AmazonEKS", key: "eks/cluster", usage: ["AmazonEKS-Hours:perCluster"], ...hour },
    {
        ...{ offer: "AmazonEKS", key: "eks/cluster-extended", usage: ["AmazonEKS-Hours:perCluster"], ...hour },
        surcharge: ["AmazonEKS-Hours:extendedSupport"],
    },
    {
        ...{ offer: "AmazonECR", key: "ecr/storage", usage: ["TimedStorage-ByteHrs"], ...gigabyteMonth },
        where: { "Product Family": ["EC2 Container Registry"] },
    },
];
