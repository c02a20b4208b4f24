import type { Dialect } from "./engines";

/** Words that both languages reserve. */
const ofBoth = `all analyze and as asc both case check collate column constraint create cross current_date current_time
    current_timestamp current_user default desc distinct else except false fetch for foreign from grant group having in inner
    intersect into is join lateral leading left like limit natural not null on or order outer primary references right
    select table then to trailing true union unique using when where window with`;

const words: Record<Dialect, string> = {
    // https://www.postgresql.org/docs/current/sql-keywords-appendix.html
    postgres: `analyse any array asymmetric authorization binary cast concurrently current_catalog current_role current_schema
        deferrable do end freeze full ilike initially isnull localtime localtimestamp notnull offset only overlaps placing
        returning session_user similar some symmetric system_user tablesample user variadic verbose`,
    // https://dev.mysql.com/doc/refman/8.4/en/keywords.html
    mysql: `accessible add alter before between bigint binary blob by call cascade change char character condition continue
        convert cube cursor database databases declare delete describe div double drop dual each elseif empty enclosed
        escaped exists exit explain float force fulltext function generated get groups grouping if ignore index infile
        insert int integer interval iterate key keys kill lead leave linear lines load lock loop manual match mod numeric
        of option outfile over parallel partition procedure purge range rank read recursive regexp release rename repeat
        replace require restrict return revoke rlike row rows schema schemas sensitive separator set show signal smallint
        spatial sql ssl starting stored system terminated trigger undo unlock unsigned update usage use values varchar
        varying virtual while write xor`,
};

/** Databases that RDS or the engine makes for itself. */
const databases: Record<Dialect, string> = {
    postgres: "postgres rdsadmin template0 template1",
    mysql: "information_schema innodb mysql performance_schema rdsadmin sys tmp",
};

/** Words that stand for users or roles in statements, or for all of them. */
const users = "none public";

const split = (text: string) => text.split(/\s+/);

/** Whether RDS makes no first database of that name. */
export function isReservedDatabase(dialect: Dialect, name: string): boolean {
    return [...split(databases[dialect]), ...keyWords(dialect)].includes(name.toLowerCase());
}

/** Whether the engine takes the name for something else than a user's. */
export function isReservedUser(dialect: Dialect, name: string): boolean {
    return [...split(users), ...keyWords(dialect)].includes(name.toLowerCase());
}

function keyWords(dialect: Dialect): string[] {
    return [...split(ofBoth), ...split(words[dialect])];
}
