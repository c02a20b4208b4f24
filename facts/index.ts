export type { CacheEngine, DatabaseEngine, FileName, Support } from "./data";
export { endpointServiceName, endpointServiceNames, gatewayServiceName } from "./endpoints";
export { nearest } from "./nearest";
export type { Found, Offer } from "./offer";
export {
    cacheNodeTypes,
    databaseClasses,
    type Hardware,
    hardwareOf,
    instanceTypes,
    isZoneOf,
    regions,
    zoneIdOf,
    zonesOf,
    zonesWithoutEks,
} from "./offers";
export { type Partition, partitionOf, reverseDnsPrefix } from "./partition";
export {
    actionsOf,
    hasKey,
    isConditionKey,
    managedPolicy,
    type Permission,
    permissionsOf,
    takes,
} from "./permissions";
export { expired, isValid, today } from "./validity";
export {
    cacheVersions,
    databaseMajors,
    databaseSupport,
    databaseVersions,
    findDatabaseVersion,
    kubernetesSupport,
    kubernetesVersions,
    type Supported,
    type SupportState,
} from "./versions";
