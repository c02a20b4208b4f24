import type { MessageQueue } from "../kubernetes/dependencies";
import type { QueueUse } from "../queue";
import { type Problem, problemAt } from "../validation";
import type { WorkloadArgs } from "./args";

type Reached = Pick<WorkloadArgs, "queues" | "reaches">;

/** The queues that a service reaches, by what it does with them, each once. */
export function reachedQueues({ queues, reaches }: Reached): Record<QueueUse, MessageQueue[]> {
    const named = (names: readonly string[]) => [...new Set(names)].flatMap((name) => queues[name] ?? []);
    return { consume: named(reaches.queues.consume), send: named(reaches.queues.send) };
}

/** The queue that a service reaches, where that is one. */
export function onlyQueue(args: Reached): MessageQueue | undefined {
    const { consume, send } = reachedQueues(args);
    const [only, ...others] = new Set([...consume, ...send]);
    return others.length === 0 ? only : undefined;
}

/** A depth of a queue to scale on, and nothing that scales on it. */
export function scalingProblems(
    where: string,
    { scaling, queueScaling }: Pick<WorkloadArgs, "scaling" | "queueScaling">,
): Problem[] {
    if (!scaling.queueDepth || queueScaling) return [];
    return [problemAt(`${where}.scaling.queueDepth`, "needs queueScaling; give a QueueScaling, or leave it out")];
}
