import { randomBytes } from "node:crypto";
import pg from "pg";
import { makeTables } from "../make-tables.ts";

export interface CreatedDatabase {
  url: string;
  drop(): Promise<void>;
}

const template = "modelsync";

/** Creates an empty database on a server, with all tables unless told. Making these takes longer than copying them. */
export async function createDatabase(server: string, { tables = true } = {}): Promise<CreatedDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await withClient(server, async (client) => {
    if (!tables) return void (await client.query(`create database ${name}`));
    // One at a time: several test files may start at once.
    await client.query("select pg_advisory_lock(1)");
    const { rowCount } = await client.query("select from pg_database where datname = $1", [template]);
    if (rowCount === 0) {
      await client.query("create database unfinished");
      await makeTables({ url: addressOf(server, "unfinished") });
      await client.query(`alter database unfinished rename to ${template}`);
    }
    await client.query(`create database ${name} template ${template} strategy file_copy`);
  });
  return {
    url: addressOf(server, name),
    drop: () => withClient(server, (client) => client.query(`drop database ${name} with (force)`)),
  };
}

async function withClient(connectionString: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function addressOf(server: string, database: string): string {
  return server.replace(/[^/]*$/, database);
}
