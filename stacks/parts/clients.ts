import { byDefault, byName, matching, nameForm, namePattern, problemAt, settings } from "@plinth/components";
import { part } from "../part";

/** Names that the data stores' own client security group has. */
const reserved = "client-group";

const client = settings({
    /**
     * Its security group, which someone else made.
     * @remarks A change replaces the rules that let it in.
     */
    securityGroupId: matching(/^sg-([0-9a-f]{8}|[0-9a-f]{17})$/, "the id of a security group", "sg-0123456789abcdef0"),
});

/** What may connect to database and cache besides the platform's own services, by name. */
export const clientsPart = part({
    key: "clients",
    needs: {},
    settings: byName(client).meta(byDefault({})),
    componentNames: [],
    problems: (clients, where) =>
        Object.keys(clients)
            .filter((name) => !namePattern.test(name) || name === reserved)
            .map((name) =>
                problemAt(
                    `${where}.${name}`,
                    `"${name}" is not a client's name; give ${nameForm}, and not ${reserved}`,
                ),
            ),
});
