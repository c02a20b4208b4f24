/**
 * Inputs that AWS fills where they are left out, and that only some resources of their type are given. AWS would keep the last value
 * of one that a resource was given and is given no more, whatever the program says: it has to be sent empty. These are given or
 * left out for as long as the resource lives, or are sent in another way.
 */
export const conditionalInputs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
        privateDnsEnabled: "only interface endpoints have it",
        routeTableIds: "only gateway endpoints have it",
        securityGroupIds: "only interface endpoints have it",
        subnetIds: "only interface endpoints have it",
    },
    "aws:eks/addon:Addon": { configurationValues: "an add-on has a configuration always or never" },
    "aws:elasticache/replicationGroup:ReplicationGroup": {
        numCacheClusters: "numNodeGroups and replicasPerNodeGroup take its place",
        numNodeGroups: "numCacheClusters takes its place, in a new group",
        replicasPerNodeGroup: "numCacheClusters takes its place, in a new group",
    },
    "aws:rds/cluster:Cluster": {
        databaseName: "a restored cluster has that of its snapshot",
        masterUsername: "a restored cluster has that of its snapshot",
    },
    "aws:rds/instance:Instance": {
        allocatedStorage: "a replica has that of its source",
        availabilityZone: "only replicas are put into a zone, where they stay",
        backupWindow: "replicas are not backed up",
        dbName: "a replica has that of its source",
        dbSubnetGroupName: "a replica has that of its source",
        engine: "a replica has that of its source",
        engineLifecycleSupport: "a replica has that of its source",
        engineVersion: "a replica has that of its source",
        iops: "gp3 is given its least where it has any to choose, and other types that have none go with the type",
        kmsKeyId: "a replica has that of its source",
        monitoringRoleArn: "monitoringInterval is sent as 0, and the role is of no use then",
        username: "a replica has that of its source",
    },
    "aws:sqs/queue:Queue": {
        deduplicationScope: "only FIFO queues have it, and a queue is one for ever",
        fifoThroughputLimit: "only FIFO queues have it, and a queue is one for ever",
    },
};
