export { type GrantedQueue, type QueueUse, queueStatements, roomProblem } from "./grant";
export { checkQueue, queueProblems } from "./plan";
export { Queue, type QueueArgs, type QueueClient, type QueueNodes } from "./queue";
export { type QueueEncryption, type QueueSpec, queueSettings } from "./spec";
