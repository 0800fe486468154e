import { describe, expect, it } from "vitest";
import { hashBytes, hashText, hashToUnit } from "../../../pipeline/stats/hash.ts";
import reference from "../../fixtures/reference/hash.json" with { type: "json" };

describe("hashText", () => {
  it.each(reference.cases.map((c) => ({ ...c, start: c.text.slice(0, 12), length: c.text.length })))(
    'agrees with mmh3 on "$start" ($length characters), seed $seed',
    ({ text, seed, hash }) => {
      expect(hashText(text, seed)).toBe(hash);
      expect(hashBytes(new TextEncoder().encode(text), seed)).toBe(hash);
    },
  );

  it.each([1, 1365, 1366, 5000, 99_999, 100_000, 100_001, 600_000, 3])(
    "hashes %d characters as their bytes",
    (length) => {
      const text = "é".repeat(length);
      expect(hashText(text)).toBe(hashBytes(new TextEncoder().encode(text)));
    },
  );

  it("gives 200,000 similar keys different hashes", () => {
    const hashes = new Set(Array.from({ length: 200_000 }, (_, i) => hashText(`row-${i}`)));
    expect(hashes.size).toBe(200_000);
  });

  it("reads a lone surrogate as the replacement character", () => {
    expect(hashText("a\ud800")).toBe(hashText("a\ufffd"));
  });
});

describe("hashToUnit", () => {
  it.each(reference.cases.filter((c) => c.text.length < 40))('places "$text" with seed $seed at $unit', (c) => {
    expect(hashToUnit(c.text, c.seed)).toBe(c.unit);
  });

  it("spreads keys evenly and independently of another seed", () => {
    const cells = new Float64Array(100);
    for (let i = 0; i < 100_000; i++) {
      const key = hashText(`${i}`);
      cells[Math.floor(hashToUnit(key, 1) * 10) * 10 + Math.floor(hashToUnit(key, 2) * 10)]! += 1;
    }
    const statistic = cells.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // χ² with 99 degrees of freedom: 148.2 is its 99.9 % quantile
    expect(statistic).toBeLessThan(148.2);
  });
});
