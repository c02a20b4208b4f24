import type * as aws from "@pulumi/aws";
import type * as k8s from "@pulumi/kubernetes";

/** The raw resources of an `Application`. */
export interface ApplicationNodes extends DatabasePreparationNodes {
    namespace: k8s.core.v1.Namespace;
    /** The policies that every pod of the namespace is under: `deny-all`, `allow-dns`. */
    networkPolicies: Record<"deny-all" | "allow-dns", k8s.networking.v1.NetworkPolicy>;
    configMap: k8s.core.v1.ConfigMap;
    /** The External Secrets that Kubernetes Secrets are made from, by the Secret's purpose. */
    externalSecrets: {
        application: k8s.apiextensions.CustomResource;
        database?: k8s.apiextensions.CustomResource;
        cache?: k8s.apiextensions.CustomResource;
    };
    /** The role that External Secrets reads the secrets with. */
    secretReaderRole: aws.iam.Role;
    /** The application's own secret in Secrets Manager. */
    secret: aws.secretsmanager.Secret;
    /** The key of that secret. */
    key: aws.kms.Key;
}

/** The raw resources that prepare a database; all undefined without a database. */
export interface DatabasePreparationNodes {
    /** The Job that creates the database's users. */
    makeRoles?: k8s.batch.v1.Job;
    /** The Job that migrates the database; undefined without a migration. */
    migrate?: k8s.batch.v1.Job;
    /** The suspended CronJob that `kubectl create job --from` copies; undefined without a migration. */
    adHocMigration?: k8s.batch.v1.CronJob;
}
