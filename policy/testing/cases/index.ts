import { caches } from "./caches";
import { clusters } from "./clusters";
import { databases } from "./databases";
import { endpoints } from "./endpoints";
import { keys } from "./keys";
import { logs } from "./logs";
import { networkAcls } from "./network-acls";
import { networks } from "./networks";
import { queues } from "./queues";
import { rotations } from "./rotations";
import { secrets } from "./secrets";

const subjects = [
    networks,
    databases,
    clusters,
    caches,
    queues,
    keys,
    secrets,
    logs,
    networkAcls,
    endpoints,
    rotations,
];

/** Every rule has at least one of each; the tests see to that. */
export const mutations = subjects.flatMap((subject) => subject.mutations);
export const doubts = subjects.flatMap((subject) => subject.doubts);
