import type { Connection, RowDataPacket } from "mysql2/promise";
import type { Finding, Severity } from "../../finding";
import type { DatabaseConnection } from "../connection";
import type { HealthCheck } from "../health-checks";
import { withMySql } from "./connection";

/** The bounds are this program's own, chosen to be early; none is AWS's. */
const healthChecks: HealthCheck[] = [
    {
        name: "connections",
        remedy: "look at the pools of the services, or give the database a larger class",
        sql: `SELECT IF(used > 0.9 * most, 'critical', IF(used > 0.7 * most, 'warning', 'ok')) AS severity,
                CONCAT(used, ' of ', most, ' connections are used') AS finding
            FROM (SELECT COUNT(*) AS used, @@max_connections AS most FROM information_schema.processlist) c`,
    },
    {
        name: "long transactions",
        remedy: "end it with CALL mysql.rds_kill(<process>), and find out what leaves it open",
        sql: `SELECT IF(seconds > 3600, 'critical', 'warning') AS severity,
                CONCAT('process ', process, ' has a transaction open for ', seconds, ' s, with ', locked, ' rows locked') AS finding
            FROM (SELECT trx_mysql_thread_id AS process, TIMESTAMPDIFF(SECOND, trx_started, NOW()) AS seconds, trx_rows_locked AS locked
                FROM information_schema.innodb_trx) t
            WHERE seconds > 300 ORDER BY seconds DESC LIMIT 10`,
    },
    {
        name: "locks",
        remedy: "let the one that blocks finish, or end it with CALL mysql.rds_kill(<process>)",
        sql: `SELECT IF(seconds > 30, 'critical', 'warning') AS severity,
                CONCAT('process ', process, ' has waited ', seconds, ' s for a lock') AS finding
            FROM (SELECT trx_mysql_thread_id AS process, TIMESTAMPDIFF(SECOND, trx_wait_started, NOW()) AS seconds
                FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT') t
            ORDER BY seconds DESC LIMIT 10`,
    },
    {
        name: "old row versions",
        remedy: "find what holds back the purge: long transactions, mostly",
        sql: `SELECT IF(versions > 10000000, 'critical', IF(versions > 1000000, 'warning', 'ok')) AS severity,
                CONCAT(versions, ' changes of rows wait for the purge') AS finding
            FROM (SELECT COUNT AS versions FROM information_schema.innodb_metrics WHERE NAME = 'trx_rseg_history_len') m`,
    },
    {
        name: "tables without a primary key",
        remedy: "give it one: a replica looks for each changed row in the whole table",
        sql: `SELECT 'warning' AS severity, CONCAT(t.table_schema, '.', t.table_name, ' has no primary key') AS finding
            FROM information_schema.tables t
            LEFT JOIN information_schema.table_constraints c
                ON c.table_schema = t.table_schema AND c.table_name = t.table_name AND c.constraint_type = 'PRIMARY KEY'
            WHERE t.table_schema = DATABASE() AND t.table_type = 'BASE TABLE' AND c.constraint_name IS NULL
            ORDER BY t.table_name LIMIT 10`,
    },
    {
        name: "slow statements",
        remedy: "EXPLAIN ANALYZE it; look at its indexes",
        extension: "performance_schema",
        sql: `SELECT 'warning' AS severity,
                CONCAT(ROUND(avg_timer_wait / 1e9), ' ms on average over ', count_star, ' calls: ', LEFT(digest_text, 200)) AS finding
            FROM performance_schema.events_statements_summary_by_digest
            WHERE schema_name = DATABASE() AND avg_timer_wait > 1e12 ORDER BY sum_timer_wait DESC LIMIT 5`,
    },
];

/** Looks at a living MySQL database. It only reads. */
export function mysqlHealth(connection: DatabaseConnection): Promise<Finding[]> {
    return withMySql(connection, async (client) => {
        await client.query("SET SESSION TRANSACTION READ ONLY");
        const findings: Finding[] = [];
        for (const check of healthChecks) findings.push(...(await look(client, check)));
        return findings;
    });
}

async function look(client: Connection, { name: check, remedy, sql, extension }: HealthCheck): Promise<Finding[]> {
    try {
        if (extension !== undefined && !(await isOn(client, extension)))
            return [{ check, severity: "ok", finding: `not looked at: ${extension} is off` }];
        const [rows] = await client.query<(RowDataPacket & { severity: Severity; finding: string })[]>(sql);
        if (rows.length === 0) return [{ check, severity: "ok", finding: "nothing found" }];
        return rows.map(({ severity, finding }) => ({
            ...{ check, severity, finding, remedy: severity === "ok" ? undefined : remedy },
        }));
    } catch (error) {
        return [{ check, severity: "warning", finding: `could not look: ${(error as Error).message}` }];
    }
}

async function isOn(client: Connection, variable: string): Promise<boolean> {
    const [rows] = await client.query<RowDataPacket[]>("SHOW VARIABLES LIKE ?", [variable]);
    return rows[0]?.Value === "ON";
}
