import { afterAll, beforeAll, expect, inject, it, vi } from "vitest";
import { appendRow } from "../../src/ledger/append-row.ts";
import { followChain } from "../../src/ledger/follow-chain.ts";
import { storedLines } from "../../src/ledger/stored-lines.ts";
import type { Database } from "../../src/store/database.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { aRow } from "../ledger/a-row.ts";
import { makeTables } from "../support/make-tables.ts";
import { type CreatedDatabase, createDatabase } from "../support/postgres/create-database.ts";
import { soon } from "../support/soon.ts";

let created: CreatedDatabase;
beforeAll(async () => {
  created = await createDatabase(inject("postgres"), { tables: false });
});
afterAll(() => created.drop());

it("two servers that start at once on an empty database make its tables once", async () => {
  await Promise.all([makeTables(created), makeTables(created)]);
  await using database = await open();
  expect(await database.query("select count(*) as tables from schema_version")).toEqual([{ tables: 1 }]);
});

it("a transaction shows nothing before it commits, and its connection is good for the next one after an error", async () => {
  await using database = await open();
  const seen = async () => (await database.query("select guid from delivery")).length;
  const add = "insert into delivery (guid, event) values ('a', 'push')";
  const during = await database.transaction(async (transaction) => {
    await transaction.query(add);
    return seen();
  });
  // More often than the pool has connections.
  for (let times = 0; times < 12; times += 1) {
    await expect(database.transaction((transaction) => transaction.query(add))).rejects.toThrow(/duplicate key/);
  }
  expect([during, await seen()]).toEqual([0, 1]);
});

it("two servers that append to the ledger at once don't fork its chain", async () => {
  await using one = await open();
  await using other = await open();
  const append = (database: Database) => database.transaction((transaction) => appendRow(transaction, aRow()));
  await Promise.all(Array.from({ length: 30 }, (_, at) => append(at % 2 === 0 ? one : other)));
  const { take, chain } = followChain();
  for await (const line of storedLines(one)) take(line);
  expect(chain).toMatchObject({ rows: 31, head: { seq: 31 }, faults: [] });
});

it("of two transactions that wait for each other one is done again", async () => {
  await using database = await open();
  const both = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let runs = 0;
  const add = (which: number) =>
    database.transaction(async (transaction) => {
      runs += 1;
      const insert = (guid: string) =>
        transaction.query("insert into delivery (guid, event) values ($1, 'push') on conflict do nothing", [guid]);
      await insert(`cross-${which}`);
      both[which]!.resolve();
      await both[1 - which]!.promise;
      await insert(`cross-${1 - which}`);
    });
  await Promise.all([add(0), add(1)]);
  expect(await database.query("select guid from delivery where guid like 'cross%'")).toHaveLength(2);
  expect(runs).toBeGreaterThan(2);
});

it("a connection that the server closes is replaced", async () => {
  await using database = await open();
  await database.query("select 1");
  await using other = await open();
  await other.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  await vi.waitFor(async () => expect(await database.query("select 1 as one")).toEqual([{ one: 1 }]), soon);
});

async function open() {
  const database = await openDatabase(created);
  return { ...database, [Symbol.asyncDispose]: () => database.close() };
}
