export { byDefault, byEngine, byTier, type Default, type DefaultContext, defaultValue } from "./default";
export {
    type ArnPlace,
    accepted,
    arn,
    byName,
    enumOf,
    flag,
    listOf,
    matching,
    oneOf,
    settings,
    text,
    whole,
} from "./field";
export { argumentProblems, type Path, settingName, settingProblems, specProblems, unknownKey } from "./problem";
export { defaultsOf, exampleOf, type Given, type ResolvedSettings, resolveSettings } from "./resolve";
export { type TierName, tierNames } from "./tier";
export { schemaAt, unwrapped, valueAt } from "./walk";
