import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { sealKeyOf } from "../../src/report/seal.ts";
import { openSealedWaivers, withSealedWaivers } from "../../src/report/sealed-waivers.ts";
import type { Waiver } from "../../src/verdict/waiver.ts";

const key = sealKeyOf("a private key\n");
const place = { repositoryId: 1, number: 7 };

const waiver: Waiver = {
  check: "data-drift",
  findings: [{ fingerprint: "aa", title: "age --> drifted", badness: { value: 0.31, unit: "psi" }, evidence: "e" }],
  reason: "é --> <!-- x",
  by: "grace",
  given: "2026-01-02T03:04:05.678Z",
  until: "2026-04-02",
  headSha: "c".repeat(40),
  comment: 5,
  baseRef: "main",
  withdrawnBy: null,
};
const sealed = withSealedWaivers("### ✓\n", [waiver], place, key);

it("finds again what it wrote, in one hidden line", () => {
  expect(sealed).toMatch(/^### ✓\n<!-- modelsync:waivers [A-Za-z0-9+/=.]+ -->\n$/);
  expect(openSealedWaivers(sealed, place, key)).toEqual([waiver]);
  expect(openSealedWaivers(sealed.replaceAll("\n", "\r\n"), place, sealKeyOf("a private key"))).toEqual([waiver]);
});

it.each<[string, string, object, Buffer]>([
  ["a comment without one", "### ✓\n", place, key],
  ["another pull request", sealed, { ...place, number: 8 }, key],
  ["another repository", sealed, { ...place, repositoryId: 2 }, key],
  ["another App", sealed, place, sealKeyOf("another key")],
  ["a changed line", sealed.replace(/waivers (.)/, (_, first) => `waivers ${first === "A" ? "B" : "A"}`), place, key],
  ["a line without a signature", sealed.replace(/\.\S+ -->/, ". -->"), place, key],
])("finds nothing in %s", (_, comment, where, which) => {
  expect(openSealedWaivers(comment, where as typeof place, which)).toEqual([]);
});

it("writes nothing where there is none, or no room", () => {
  expect(withSealedWaivers("### ✓\n", [], place, key)).toBe("### ✓\n");
  const long = "x".repeat(65_400);
  expect(withSealedWaivers(long, [waiver], place, key)).toBe(long);
});

it("leaves out the names of rows where there is no room for them, and then only of many", () => {
  const ofRows = (count: number, fingerprint: string): Waiver["findings"][number] => {
    const names = randomBytes(8 * count).toString("base64");
    return { ...waiver.findings[0]!, fingerprint, rows: { count, digest: fingerprint.repeat(16), names } };
  };
  const given = { ...waiver, findings: [ofRows(10_000, "aa"), ofRows(50, "bb")] };
  const [many, few] = given.findings;
  const opened = (room: number, waivers = [given]) =>
    openSealedWaivers(withSealedWaivers("x".repeat(65_536 - room), waivers, place, key), place, key);
  expect(opened(2_500)).toEqual([{ ...given, findings: [{ ...many, rows: { ...many!.rows, names: null } }, few] }]);
  expect(opened(600)).toEqual([
    { ...given, findings: [many, few].map((one) => ({ ...one, rows: { ...one!.rows, names: null } })) },
  ]);
  const fits = { ...given, findings: [ofRows(4_000, "aa")] };
  expect(opened(60_000, [fits])).toEqual([fits]);
});
