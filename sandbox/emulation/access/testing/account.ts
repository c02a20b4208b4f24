import { Account, type Entity } from "../../../account/account";
import { emptyAccounts } from "../../../providers/aws/testing";
import type { Properties } from "../../../rpc/values";

import { resources } from "./resources";

/** The account of these resources, and what a test changes in it. */
export class AccountWithNeeds {
    readonly account = new Account(emptyAccounts(), "dev");

    constructor() {
        for (const [type, id, inputs, outputs] of resources)
            this.account.put({
                type,
                id,
                name: id,
                region: "eu-west-1",
                run: "this",
                inputs,
                outputs: { ...inputs, ...outputs },
            });
    }

    /** Changes inputs of a resource. */
    change(type: string, id: string, inputs: Properties): void {
        const entity = this.entity(type, id);
        this.account.put({
            ...entity,
            inputs: { ...entity.inputs, ...inputs },
            outputs: { ...entity.outputs, ...inputs },
        });
    }

    /** Removes a statement, by its Sid, from the policy of a resource. */
    removeStatement(type: string, id: string, sid: string): void {
        const given = JSON.parse(String(this.entity(type, id).inputs.policy)) as { Statement: { Sid?: string }[] };
        const left = given.Statement.filter(({ Sid }) => Sid !== sid);
        if (left.length === given.Statement.length) throw new Error(`${id} has no statement ${sid}`);
        this.change(type, id, { policy: JSON.stringify({ ...given, Statement: left }) });
    }

    remove(type: string, id: string): void {
        this.account.remove(this.entity(type, id).type, id);
    }

    private entity(type: string, id: string): Entity {
        const found = this.account.get(type, id);
        if (!found) throw new Error(`there is no ${type} ${id}`);
        return found;
    }
}
