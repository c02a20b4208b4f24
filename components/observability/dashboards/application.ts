import type { AlarmPlan } from "../alarm";
import type { Watched } from "../plan";
import { type AlarmGraph, alarmGraphs, plainGraph } from "./graphs";
import type { Line, Widget } from "./widget";

const graphs: AlarmGraph[] = [
    { title: "Requests that fail", unit: "%", kinds: ["requests-failing"] },
    { title: "Time of an answer, 95 of 100", unit: "seconds", kinds: ["response-time-high"] },
    { title: "Answers 502, 503 and 504 of the load balancer", unit: "a minute", kinds: ["load-balancer-errors"] },
    { title: "Targets of a service that are unhealthy", unit: "pods", kinds: ["targets-unhealthy"] },
    { title: "Errors that the services log", unit: "a minute", kinds: ["service-logs-errors"] },
    { title: "Time of a request that the services log, 95 of 100", unit: "ms", kinds: ["service-logs-slow"] },
    { title: "Pods that find no node", unit: "pods", kinds: ["pods-pending"] },
    { title: "What the pods use of a node", unit: "%", kinds: ["pods-busy"] },
];

const answers = {
    HTTPCode_Target_2XX_Count: "2xx",
    HTTPCode_Target_3XX_Count: "3xx",
    HTTPCode_Target_4XX_Count: "4xx",
    HTTPCode_Target_5XX_Count: "5xx",
};

/** The dashboard of the services: what their customers see, and what they log. */
export function applicationWidgets({ loadBalancer, cluster }: Watched, alarms: readonly AlarmPlan[]): Widget[] {
    const balanced = (metrics: Record<string, string>): Line[] =>
        loadBalancer === undefined
            ? []
            : Object.entries(metrics).map(([name, label]) => ({
                  metric: {
                      ...{ namespace: "AWS/ApplicationELB", name, statistic: "Sum" },
                      dimensions: { LoadBalancer: loadBalancer.arnSuffix },
                  },
                  label,
              }));
    const pods: Line[] =
        cluster?.namespace === undefined
            ? []
            : [
                  {
                      metric: {
                          ...{ namespace: "ContainerInsights", name: "namespace_number_of_running_pods" },
                          statistic: "Average",
                          dimensions: { ClusterName: cluster.clusterName, Namespace: cluster.namespace },
                      },
                      label: "running",
                  },
              ];
    return [
        ...plainGraph("Requests", "a minute", balanced({ RequestCount: "requests" })),
        ...plainGraph("Answers of the services", "a minute", balanced(answers)),
        ...alarmGraphs(graphs, alarms),
        ...plainGraph("Pods", "pods", pods),
    ];
}
