import { caches } from "./caches";
import { databases } from "./databases";
import { endpoints } from "./endpoints";
import { keys } from "./keys";
import { kubernetes } from "./kubernetes";
import { logs } from "./logs";
import { networkAcls } from "./network-acls";
import { networks } from "./networks";
import { queues } from "./queues";
import { secrets } from "./secrets";

const subjects = [networks, databases, caches, queues, keys, secrets, logs, networkAcls, endpoints, kubernetes];

/** Every rule has at least one of each; the tests see to that. */
export const mutations = subjects.flatMap((subject) => subject.mutations);
export const doubts = subjects.flatMap((subject) => subject.doubts);
