import type * as pulumi from "@pulumi/pulumi";
import { type ContainerSecurity, hardened, type Resources, resources } from "../cluster/chart-values";
import { pods } from "./pods";

/** The Secret that Grafana reads its administrator from, and the ConfigMap with its dashboards. */
export const grafanaNames = { admin: "grafana-admin", dashboards: "grafana-dashboards" } as const;

/** The data source that dashboards name. */
export const dataSource = { type: "prometheus", uid: "prometheus" } as const;

const dashboardsFolder = "/var/lib/grafana/dashboards/plinth";

/** @see https://github.com/grafana-community/helm-charts/blob/main/charts/grafana/values.yaml */
export interface GrafanaValues {
    admin: { existingSecret: string; userKey: string; passwordKey: string };
    rbac: { create: false };
    serviceAccount: { create: true; name: string; automountServiceAccountToken: false };
    automountServiceAccountToken: false;
    enableServiceLinks: false;
    testFramework: { enabled: false };
    initChownData: { enabled: false };
    /** Everything in it comes from the program, so it keeps nothing. */
    persistence: { enabled: false };
    service: { port: number };
    podAnnotations: Record<string, pulumi.Input<string>>;
    containerSecurityContext: ContainerSecurity & { privileged: false };
    securityContext: {
        runAsNonRoot: true;
        runAsUser: number;
        runAsGroup: number;
        fsGroup: number;
        seccompProfile: { type: "RuntimeDefault" };
    };
    /** The folders that it writes to beside its data, where the root is read-only. */
    extraEmptyDirMounts: { name: string; mountPath: string }[];
    resources: Resources;
    "grafana.ini": Record<string, Record<string, string | boolean>>;
    datasources: Record<string, { apiVersion: 1; datasources: DataSource[] }>;
    dashboardProviders: Record<string, { apiVersion: 1; providers: DashboardProvider[] }>;
    dashboardsConfigMaps: Record<string, string>;
}

interface DataSource {
    name: string;
    uid: string;
    type: "prometheus";
    access: "proxy";
    url: string;
    isDefault: true;
    editable: false;
    jsonData: { timeInterval: string; httpMethod: "POST" };
}

interface DashboardProvider {
    name: string;
    orgId: 1;
    folder: string;
    type: "file";
    disableDeletion: true;
    editable: false;
    options: { path: string };
}

/** Grafana's own user in its image. */
const grafanaUser = 472;

/**
 * The values of the chart.
 * @param configurationVersion another text whenever the administrator's password has changed
 */
export function grafanaValues(
    { scrapeIntervalSeconds }: { scrapeIntervalSeconds: number },
    configurationVersion: pulumi.Input<string>,
): GrafanaValues {
    return {
        admin: { existingSecret: grafanaNames.admin, userKey: "username", passwordKey: "password" },
        rbac: { create: false },
        serviceAccount: { create: true, name: pods.grafana.name, automountServiceAccountToken: false },
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        testFramework: { enabled: false },
        initChownData: { enabled: false },
        persistence: { enabled: false },
        service: { port: pods.grafana.port },
        podAnnotations: { "plinth/configuration-version": configurationVersion },
        containerSecurityContext: { ...hardened, privileged: false },
        securityContext: {
            ...{ runAsNonRoot: true, runAsUser: grafanaUser, runAsGroup: grafanaUser, fsGroup: grafanaUser },
            seccompProfile: { type: "RuntimeDefault" },
        },
        extraEmptyDirMounts: [
            { name: "tmp", mountPath: "/tmp" },
            { name: "logs", mountPath: "/var/log/grafana" },
        ],
        resources: resources("50m", "192Mi", "512Mi"),
        "grafana.ini": {
            "auth.anonymous": { enabled: false },
            users: { allow_sign_up: false },
            // It has no way to the internet, and needs none: its plugins are in the image. Without these settings it deletes them
            // to install newer ones, which fails half-way: https://github.com/grafana/grafana/issues/131490
            analytics: { reporting_enabled: false, check_for_updates: false, check_for_plugin_updates: false },
            plugins: { preinstall_disabled: true, plugin_admin_enabled: false },
            news: { news_feed_enabled: false },
            security: { disable_gravatar: true },
            snapshots: { external_enabled: false },
        },
        datasources: {
            "datasources.yaml": {
                apiVersion: 1,
                datasources: [
                    {
                        ...{ name: "Prometheus", ...dataSource, access: "proxy", isDefault: true, editable: false },
                        url: `http://prometheus-server:${pods.prometheus.port}`,
                        jsonData: { timeInterval: `${scrapeIntervalSeconds}s`, httpMethod: "POST" },
                    },
                ],
            },
        },
        dashboardProviders: {
            "dashboardproviders.yaml": {
                apiVersion: 1,
                providers: [
                    {
                        ...{ name: "plinth", orgId: 1, folder: "Platform", type: "file" },
                        ...{ disableDeletion: true, editable: false, options: { path: dashboardsFolder } },
                    },
                ],
            },
        },
        dashboardsConfigMaps: { plinth: grafanaNames.dashboards },
    };
}
