import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appendRow } from "../../src/ledger/append-row.ts";
import { type Fault, followChain } from "../../src/ledger/follow-chain.ts";
import { hashRow, type LedgerRow, ledgerRowSchema, type NewRow, noPrevious } from "../../src/ledger/row.ts";
import { storedLines } from "../../src/ledger/stored-lines.ts";
import type { Database } from "../../src/store/database.ts";
import { aRow } from "../ledger/a-row.ts";
import { aDatabase } from "./a-database.ts";

let database: Database;
beforeAll(async () => {
  database = await aDatabase();
});
afterAll(() => database.close());

const append = (row: NewRow) => database.transaction((transaction) => appendRow(transaction, row));
const stored = () =>
  database.query<Pick<LedgerRow, "seq" | "kind" | "previous" | "hash">>(
    "select seq, kind, previous, hash from ledger_row order by seq",
  );

describe("the ledger", () => {
  let first: LedgerRow;

  it("begins with a row that says so", async () => {
    first = await append(aRow());
    const [begin] = await stored();
    expect(begin).toMatchObject({ seq: 1, kind: "begin", previous: noPrevious });
    expect(first).toMatchObject({ ...aRow(), seq: 2, previous: begin!.hash });
    expect(ledgerRowSchema.parse(first)).toEqual(first);
    expect(hashRow(first)).toBe(first.hash);
  });

  it("appends to the row before", async () => {
    const second = await append(aRow({ kind: "policy", repository: null, number: null, headSha: null, person: "ada" }));
    expect(second).toMatchObject({ seq: 3, previous: first.hash });
  });

  it("keeps hostile text as it is", async () => {
    const data = { "=cmd": "\0\u202e'; drop table ledger_row; --", deep: [{ b: 1, a: "\ud800" }] };
    const row = await append(aRow({ data }));
    const [kept] = await database.query<{ data: string }>("select data from ledger_row where seq = $1", [row.seq]);
    expect(JSON.parse(kept!.data)).toEqual(data);
  });

  it("takes a row back with its transaction", async () => {
    const before = await stored();
    const work = database.transaction(async (transaction) => {
      await appendRow(transaction, aRow());
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(await stored()).toEqual(before);
  });

  it("does not fork when many append at once", async () => {
    const before = await stored();
    await Promise.all(Array.from({ length: 20 }, (_, at) => append(aRow({ data: { at } }))));
    const rows = await stored();
    expect(rows).toHaveLength(before.length + 20);
    expect(rows.slice(1).map(({ previous }) => previous)).toEqual(rows.slice(0, -1).map(({ hash }) => hash));
  });

  it.each([
    ["update", "update ledger_row set person = 'eve' where seq = 2"],
    ["delete", "delete from ledger_row where seq = 2"],
    ["truncate", "truncate ledger_row"],
  ])("refuses %s", async (_, statement) => {
    await expect(database.query(statement)).rejects.toThrow("neither changed nor removed");
  });

  it("refuses a second row after the same one", async () => {
    const values = `select 1000, time, kind, data, previous, 'f' from ledger_row where seq = 2`;
    await expect(
      database.query(`insert into ledger_row (seq, time, kind, data, previous, hash) ${values}`),
    ).rejects.toThrow("unique");
  });

  it.each([
    ["nothing", "select 1", []],
    ["a row", "update ledger_row set person = 'eve' where seq = 4", [{ kind: "changed", seq: 4 }]],
    [
      "the id of its repository",
      "update ledger_row set repository_id = 8 where seq = 4",
      [{ kind: "changed", seq: 4 }],
    ],
    [
      "the name of its repository",
      "update ledger_row set repository = null where seq = 4",
      [{ kind: "unreadable", line: 4, seq: 4 }],
    ],
    [
      "white space in its data",
      "update ledger_row set data = data || ' ' where seq = 4",
      [{ kind: "unreadable", line: 4, seq: 4 }],
    ],
    ["that a row is there", "delete from ledger_row where seq = 3", [{ kind: "missing", from: 3, to: 3 }]],
    ["where it begins", "delete from ledger_row where seq < 3", [{ kind: "missing", from: 1, to: 2 }]],
    [
      "a row's number",
      "update ledger_row set seq = 900 where seq = 3",
      [
        { kind: "missing", from: 3, to: 3 },
        { kind: "missing", from: 25, to: 899 },
        { kind: "changed", seq: 900 },
      ],
    ],
  ])("whoever changes %s all the same is found out", async (_, statement, faults) => {
    const { take, chain } = followChain();
    const work = database.transaction(async (transaction) => {
      await transaction.query("alter table ledger_row disable trigger ledger_only_grows");
      await transaction.query(statement);
      for await (const line of storedLines(transaction)) take(line);
      throw new Error("take it back");
    });
    await expect(work).rejects.toThrow("take it back");
    expect(chain.faults.toSorted((one, other) => faultPlace(one) - faultPlace(other))).toEqual(faults);
  });
});

const faultPlace = (fault: Fault) => (fault.kind === "missing" ? fault.from : fault.seq);
