import { expect, it } from "vitest";
import { seal, sealKeyOf } from "../../src/report/seal.ts";
import { openSealedOverride, sealOverride } from "../../src/report/sealed-override.ts";

const key = sealKeyOf("a private key\n");
const place = { repositoryId: 1, headSha: "c".repeat(40), baseRef: "main" };
const override = {
  number: 7,
  by: "ada",
  reason: "é --> <!--",
  given: "2026-01-02T03:04:05.678Z",
  headSha: place.headSha,
};
const sealed = sealOverride(override, place, key);

it("finds again what it wrote", () => {
  expect(openSealedOverride(`Text.\n\n${sealed}`, place, key)).toEqual(override);
});

it.each<[string, string, object, Buffer]>([
  ["a text without one", "Text.", place, key],
  ["another commit", sealed, { ...place, headSha: "d".repeat(40) }, key],
  ["another base branch", sealed, { ...place, baseRef: "release" }, key],
  ["another repository", sealed, { ...place, repositoryId: 2 }, key],
  ["another App", sealed, place, sealKeyOf("another key")],
  ["a line that is sealed for something else", seal("override", override, "1#7", key), place, key],
  ["another form", seal("override", { by: "ada" }, `override 1 ${place.headSha} main`, key), place, key],
])("finds nothing in %s", (_, text, where, which) => {
  expect(openSealedOverride(text, where as typeof place, which)).toBeNull();
});
