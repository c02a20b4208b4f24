import type * as aws from "@pulumi/aws";
import type { OfUsers } from "./credentials/user";
import type { DatabaseProxyNodes } from "./proxy/proxy";

/** The raw resources that serve a database. */
export interface DatabaseServerNodes {
    subnetGroup: aws.rds.SubnetGroup;
    parameterGroup: aws.rds.ParameterGroup;
    /** The primary instance; undefined with Aurora. */
    primary?: aws.rds.Instance;
    /** The read replicas; none with Aurora. */
    replicas: aws.rds.Instance[];
    /** The Aurora cluster; undefined with RDS. */
    cluster?: aws.rds.Cluster;
    /** The parameter group of the Aurora cluster; undefined with RDS. */
    clusterParameterGroup?: aws.rds.ClusterParameterGroup;
    /** The instances of the Aurora cluster, the writer first; none with RDS. */
    clusterInstances: aws.rds.ClusterInstance[];
}

/** The raw resources of a `Database`. */
export interface DatabaseNodes extends DatabaseServerNodes {
    /** The key of storage, backups and secrets. */
    key: aws.kms.Key;
    /** The servers' security group. */
    securityGroup: aws.ec2.SecurityGroup;
    /** The security group of the servers' clients. */
    clientSecurityGroup: aws.ec2.SecurityGroup;
    /** The secret of each user; without the master's where RDS keeps it. */
    secrets: OfUsers<aws.secretsmanager.Secret>;
    /** The proxy, with what belongs to it; undefined without one. */
    proxy?: DatabaseProxyNodes;
}
