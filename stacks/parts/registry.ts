import { Registry, registryProblems, registrySettings } from "@plinth/components";
import { optionalPart } from "../part";
import { clusterPart } from "./cluster";

/** The repositories of the cluster's images on ECR. */
export const registryPart = optionalPart({
    key: "registry",
    presence: "by default",
    within: clusterPart,
    needs: {},
    settings: registrySettings,
    problems: (registry, where) => registryProblems(where, registry),
    create: (registry, { platform, options }) => new Registry("registry", { ...registry, platform }, options),
    outputs: ({ repositoryUrls }) => ({ repositoryUrls }),
});
