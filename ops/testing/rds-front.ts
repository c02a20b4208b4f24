import type { IncomingMessage, ServerResponse } from "node:http";
import { MotoFront } from "./moto-front";

/** A call of RDS's API: the action, and its parameters by name. */
export interface RdsCall {
    action: string;
    parameters: URLSearchParams;
}

/** In front of moto: tells of calls before and after they have their effect, and can keep the answer to itself. */
export class RdsFront extends MotoFront {
    /** All calls so far that change something. */
    readonly changes: RdsCall[] = [];
    /** Waited for with each call; where it says false, the caller gets no answer. */
    on: (call: RdsCall, moment: "before" | "after") => boolean | Promise<boolean> = () => true;

    /** What an answer is instead. */
    rewrite: (call: RdsCall, text: string) => string = (_, text) => text;

    protected async answer(
        request: IncomingMessage,
        body: Buffer<ArrayBuffer>,
        response: ServerResponse,
    ): Promise<void> {
        const parameters = new URLSearchParams(body.toString());
        const call = { action: parameters.get("Action") ?? "", parameters };
        if ((await this.on(call, "before")) === false) return void response.destroy();
        if (/^(Create|Delete|Modify|Restore)/.test(call.action)) this.changes.push(call);
        const forwarded = await this.forward(request, body);
        const text = await forwarded.text();
        if ((await this.on(call, "after")) === false) return void response.destroy();
        response.writeHead(forwarded.status, { "content-type": forwarded.headers.get("content-type") ?? "text/xml" });
        response.end(this.rewrite(call, text));
    }
}
