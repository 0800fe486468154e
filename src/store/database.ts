/** Runs one SQL statement with `$1` parameters. Rows come back with `bigint` columns as numbers. */
export interface Queryable {
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** The database behind the App: PGlite inside this process, or a PostgreSQL server. One SQL dialect. */
export interface Database extends Queryable {
  readonly kind: "pglite" | "postgres";
  /**
   * Runs `work` in one transaction: it commits when the promise resolves and rolls back when it rejects. `work` may have to
   * run again, so it does nothing that the database does not take back.
   */
  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>;
  /** What the job queue needs to share this database. */
  readonly queueConnection: QueueConnection;
  close(): Promise<void>;
}

/** Statement runner in the form that the job queue expects. */
export interface QueueStatements {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

export type QueueConnection =
  | { backend: "pglite"; db: QueueStatements }
  | { backend: "postgres"; connectionString: string };

/** Lets the job queue write inside a transaction of ours, so that a job and its row commit together. */
export function asQueueStatements(transaction: Queryable): QueueStatements {
  return { executeSql: async (text, values) => ({ rows: await transaction.query(text, values ?? []) }) };
}
