import { afterAll, beforeAll, expect, it } from "vitest";
import { appendRow } from "../../src/ledger/append-row.ts";
import { followChain } from "../../src/ledger/follow-chain.ts";
import { recordPolicy, recordVerdict } from "../../src/ledger/record-news.ts";
import { storedLines } from "../../src/ledger/stored-lines.ts";
import type { Judged } from "../../src/ledger/verdict-data.ts";
import type { Database } from "../../src/store/database.ts";
import { aRow } from "../ledger/a-row.ts";
import { aDatabase } from "./a-database.ts";

let database: Database;
beforeAll(async () => {
  database = await aDatabase();
});
afterAll(() => database.close());

const repository = { id: 7, name: "acme/income" };
const place = { repository, number: 57, headSha: "a".repeat(40) };
const judged: Judged = {
  ...{ conclusion: "failure", title: "Worse", verdict: null, baseRef: "main" },
  ...{ mergeBase: null, policy: null, engine: "e/2" },
};

it("only news are recorded", async () => {
  const verdict = (there: Partial<typeof place>, change: Partial<Judged> = {}) =>
    database.transaction((transaction) => recordVerdict(transaction, { ...place, ...there }, { ...judged, ...change }));
  const policy = (baseRef: string, oid: string, id = 7) =>
    database.transaction((transaction) =>
      recordPolicy(transaction, { ...repository, id }, { baseRef, commit: "c", policy: oid }),
    );
  const asked = [
    await verdict({}),
    await verdict({}),
    await verdict({ repository: { id: 7, name: "acme/renamed" } }),
    await verdict({}, { conclusion: "success" }),
    await verdict({}),
    await verdict({ number: 58 }),
    await verdict({ headSha: "b".repeat(40) }),
    await verdict({ repository: { ...repository, id: 8 } }),
  ];
  expect(asked).toEqual([true, false, false, true, true, true, true, true]);
  const policies = [
    await policy("main", ""),
    await policy("main", "one"),
    await policy("main", "one"),
    await policy('main","x":"', "one"),
    await policy("ma", "one"),
    await policy("main", "one", 8),
    await policy("main", ""),
    await policy("main", ""),
  ];
  expect(policies).toEqual([false, true, false, true, true, true, true, false]);
});

it("a chain is read whole, however many rows it has", async () => {
  const wanted = [99, 100, 101, 200, 201];
  for (let rows = await count(); rows < wanted.at(-1)!; rows += 1) {
    await database.transaction((transaction) => appendRow(transaction, aRow()));
    if (wanted.includes(rows + 1)) expect(await count()).toBe(rows + 1);
  }
});

async function count(): Promise<number> {
  const { take, chain } = followChain();
  for await (const line of storedLines(database)) take(line);
  expect(chain.faults).toEqual([]);
  return chain.rows;
}
