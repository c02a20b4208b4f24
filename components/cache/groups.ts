import * as aws from "@pulumi/aws";
import type { Parent } from "../component";
import { nameLimits } from "../naming";
import { transformed } from "../transform";
import type { CacheArgs } from "./args";
import type { CachePlan } from "./plan";

/** The subnets that the nodes are placed in. */
export function createSubnetGroup(parent: Parent, spec: CacheArgs): aws.elasticache.SubnetGroup {
    const args: aws.elasticache.SubnetGroupArgs = {
        name: parent.physicalName(nameLimits.subnetGroup),
        description: "Isolated subnets",
        subnetIds: spec.network.isolatedSubnetIds,
        tags: parent.tags(),
    };
    return new aws.elasticache.SubnetGroup(
        parent.childName("subnet-group"),
        transformed(spec.transform?.subnetGroup, args),
        parent.options,
    );
}

export function createParameterGroup(parent: Parent, spec: CacheArgs, plan: CachePlan): aws.elasticache.ParameterGroup {
    const args: aws.elasticache.ParameterGroupArgs = {
        name: parent.physicalName(nameLimits.parameterGroup, plan.parameterGroupPart),
        family: plan.parameterFamily,
        description: `Parameters for ${plan.parameterFamily}`,
        parameters: plan.parameters,
        tags: parent.tags(plan.parameterGroupPart),
    };
    return new aws.elasticache.ParameterGroup(
        parent.childName("parameter-group"),
        transformed(spec.transform?.parameterGroup, args),
        parent.options,
    );
}
