import type { RepositoryArgs } from "@pulumi/awsx/ecr";
import { version } from "@pulumi/awsx/package.json";
import { serveComponents } from "../component-server";
import { Repository } from "./repository";

serveComponents(version, {
    "awsx:ecr:Repository": (name, inputs, options) => {
        const { urn, repository, lifecyclePolicy } = new Repository(name, inputs as RepositoryArgs, options);
        return { urn, state: { repository, lifecyclePolicy, url: repository.repositoryUrl } };
    },
});
