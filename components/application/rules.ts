import { imageFault } from "../kubernetes/image";
import { charactersOf, mostCharacters, tooLong } from "../kubernetes/variables";
import { hasCredentials, isSecretName } from "../secret-names";
import { specProblems } from "../settings";
import { type Problem, problemAt, type Rule, repeated, violations } from "../validation";
import { type ApplicationSpec, applicationSettings, type MigrationSpec } from "./spec";

/** Namespaces that are Kubernetes', EKS's or the platform's own. */
const reservedNamespaces = /^(default$|kube-|eks-|amazon-|external-secrets$|monitoring$)/;

/** Entries that `app-config` may have of Plinth's own, one by one or by how they begin. */
const ownEntries = /^(AWS_REGION|SQS_QUEUE_URL(_.*)?|DATABASE_.*|REDIS_.*)$/;

const rules: Rule<ApplicationSpec>[] = [
    {
        at: "namespace",
        when: ({ namespace }) => reservedNamespaces.test(namespace),
        say: ({ namespace }) => `"${namespace}" is a namespace of the cluster's own; give another, such as app`,
    },
    pinned("databaseClientImage"),
    {
        at: "imagePullSecrets",
        when: ({ imagePullSecrets }) => repeated(imagePullSecrets) !== undefined,
        say: ({ imagePullSecrets }) => `names ${repeated(imagePullSecrets)} twice; name each once`,
    },
    {
        at: "configuration",
        when: ({ configuration }) => charactersOf(configuration) > mostCharacters,
        say: ({ configuration }) => tooLong(configuration),
    },
];

const migrationRules: Rule<MigrationSpec>[] = [
    pinned("image"),
    {
        at: "command",
        when: ({ command }) => command.length === 0,
        say: () => 'is empty; give the program and its arguments, like ["alembic", "upgrade", "head"]',
    },
];

/** What the platform has that an application is judged by. */
interface PlatformFacts {
    database: boolean;
    /** Whether the values of `configuration` are kept secret. @default false */
    secretValues?: boolean;
}

/** All that is wrong with `spec`; `where` stands in front of the names of fields. */
export function applicationProblems(where: string, spec: ApplicationSpec, platform: PlatformFacts): Problem[] {
    return [
        ...specProblems(where, applicationSettings, spec, rules),
        ...Object.entries(spec.configuration).flatMap(([name, value]) => entryProblems(where, name, value, platform)),
        ...(spec.migration ? violations(`${where}.migration`, spec.migration, migrationRules) : []),
        ...(spec.migration && !platform.database
            ? [problemAt(`${where}.migration`, "has no database to migrate; leave it out, or have a database")]
            : []),
    ];
}

function pinned<Field extends string>(field: Field): Rule<Record<Field, string>> {
    return {
        at: field,
        when: (spec) => imageFault(spec[field]) !== undefined,
        say: (spec) => imageFault(spec[field]) ?? "",
    };
}

/** No message repeats a value: it may be the very secret that should not be there. */
function entryProblems(where: string, name: string, value: string, { secretValues }: PlatformFacts): Problem[] {
    const at = `${where}.configuration.${name}`;
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
        return [problemAt(at, "is not the name of a variable; give letters, digits and underscores, no digit first")];
    }
    if (ownEntries.test(name)) return [problemAt(at, "is made by Plinth; give yours another name")];
    if (!secretValues && (isSecretName(name) || hasCredentials(value))) {
        return [
            problemAt(
                at,
                "looks like a secret, which has no place here; give it with --secret, or keep it in Secrets Manager",
            ),
        ];
    }
    return [];
}
