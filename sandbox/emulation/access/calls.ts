import type { AccountView } from "./account-view";
import type { Call } from "./call";
import { clusterCalls } from "./cluster";
import { dataCalls } from "./data";
import { messageCalls } from "./messages";
import { roleCalls } from "./roles";

/** The requests that what is in an account needs to be allowed. */
export function callsOf(view: AccountView): Call[] {
    return [...messageCalls(view), ...clusterCalls(view), ...dataCalls(view), ...roleCalls(view)];
}
