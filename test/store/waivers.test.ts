import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { closePullRequest, readPullRequest, wantReview } from "../../src/store/pull-requests.ts";
import { recordWaiver, waiversOf, wantExpiredWaivers, withdrawWaivers } from "../../src/store/waivers.ts";
import type { Waiver } from "../../src/verdict/waiver.ts";
import { aDatabase } from "./a-database.ts";

let database: Database;
beforeAll(async () => {
  database = await aDatabase();
});
afterAll(() => database.close());

const key = (number: number) => ({ repositoryId: 1, number });
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

function aWaiver(different: Partial<Waiver> = {}): Waiver {
  return {
    check: "data-drift",
    findings: [{ fingerprint: "aa", title: "age drifted", badness: { value: 0.1 + 0.2, unit: "psi" }, evidence: "e" }],
    reason: 'it\'s "so" \\ é',
    by: "grace",
    given: "2026-01-02T03:04:05.678Z",
    until: day(1),
    headSha: "c".repeat(40),
    comment: 5,
    baseRef: "main",
    withdrawnBy: null,
    ...different,
  };
}

async function aPull(number: number): Promise<void> {
  const place = { installationId: 1, owner: "acme", name: "ml", baseRef: "main", headSha: "c", updatedAt: "" };
  await wantReview(database, { ...key(number), ...place }, false);
}

const wanted = async (number: number) => (await readPullRequest(database, key(number)))?.desiredGeneration;

it("keeps a waiver as it was, once per command of a comment", async () => {
  await recordWaiver(database, key(1), aWaiver(), 0);
  await recordWaiver(database, key(1), aWaiver({ reason: "another" }), 0);
  await recordWaiver(database, key(1), aWaiver({ check: "data-schema" }), 1);
  await recordWaiver(database, key(2), aWaiver({ comment: 6 }), 0);
  expect(await waiversOf(database, key(1))).toEqual([aWaiver(), aWaiver({ check: "data-schema" })]);
});

it("takes back those of a check, or those that name a finding, once", async () => {
  const two = [...aWaiver().findings, { ...aWaiver().findings[0]!, fingerprint: "bb" }];
  await recordWaiver(database, key(3), aWaiver({ comment: 7 }), 0);
  await recordWaiver(database, key(3), aWaiver({ comment: 8, findings: two }), 0);
  await recordWaiver(database, key(3), aWaiver({ comment: 9, check: "data-schema" }), 0);
  const withdraw = (fingerprint: string | null) =>
    withdrawWaivers(database, key(3), { check: "data-drift", fingerprint, by: "ada" });
  expect([await withdraw("bb"), await withdraw("bb"), await withdraw(null), await withdraw(null)]).toEqual([
    1, 0, 1, 0,
  ]);
  expect((await waiversOf(database, key(3))).map(({ withdrawnBy }) => withdrawnBy)).toEqual(["ada", "ada", null]);
});

it("wants open pull requests again when a last day has passed, once", async () => {
  for (const number of [11, 12, 13, 14]) await aPull(number);
  await recordWaiver(database, key(11), aWaiver({ comment: 11, until: day(-1) }), 0);
  await recordWaiver(database, key(12), aWaiver({ comment: 12, until: day(0) }), 0);
  await recordWaiver(database, key(13), aWaiver({ comment: 13, until: day(-1) }), 0);
  await withdrawWaivers(database, key(13), { check: "data-drift", fingerprint: null, by: "ada" });
  await recordWaiver(database, key(14), aWaiver({ comment: 14, until: day(-1) }), 0);
  await closePullRequest(database, key(14));
  const before = await wanted(14);
  await wantExpiredWaivers(database);
  await wantExpiredWaivers(database);
  expect([await wanted(11), await wanted(12), await wanted(13), await wanted(14)]).toEqual([2, 1, 1, before]);
});
