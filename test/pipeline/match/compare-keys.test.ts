import { describe, expect, it } from "vitest";
import { compareKeys, type ReplacedKeys } from "../../../pipeline/match/compare-keys.ts";
import type { Column } from "../../../pipeline/table/table.ts";
import { made } from "../../support/examined.ts";
import { categorical, numeric } from "../../support/tables.ts";

const two = (part: number) => String(part).padStart(2, "0");
const texts = (of: (row: number) => string, count = 100) => categorical("key", made(count, of));
const day = (row: number) => new Date(Date.UTC(2015, 0, 1 + row));
const iso = (row: number) => day(row).toISOString().slice(0, 10);
const dayFirst = (row: number) => `${day(row).getUTCDate()}/${two(day(row).getUTCMonth() + 1)}/2015`;
const replaced = (spelling: string | null, common = 0): ReplacedKeys => ({ base: 100, head: 100, common, spelling });
const plainly = "capitals, punctuation or leading zeros changed";

describe("keys of which hardly any is on both sides", () => {
  it.each<[what: string, base: Column, head: Column, answer: ReplacedKeys | null]>([
    ["dates", texts(dayFirst), texts(iso), replaced("dates changed from DD/MM/YYYY to YYYY-MM-DD")],
    [
      "dates as numbers",
      texts(iso),
      numeric(
        "key",
        made(100, (row) => Number(iso(row).replaceAll("-", ""))),
      ),
      replaced("dates changed from YYYY-MM-DD to YYYYMMDD"),
    ],
    [
      "dates whose first twelve days could be months",
      texts((row) => dayFirst(row % 12), 100),
      texts((row) => iso(row % 12)),
      null,
    ],
    [
      "times",
      texts((row) => `${iso(row)} 10:20`),
      texts((row) => `${iso(row)}T10:20Z`),
      replaced("dates changed from YYYY-MM-DD hh:mm to YYYY-MM-DDThh:mmZ"),
    ],
    ["later dates", texts(iso), texts((row) => iso(row + 150)), replaced(null)],
    ["later dates in another form", texts(dayFirst), texts((row) => iso(row + 150)), replaced(null)],
    ["capitals", texts((row) => `ab-${row}`), texts((row) => `AB-${row}`), replaced(plainly)],
    ["punctuation", texts((row) => `ab-${row}`), texts((row) => `ab_${row}`), replaced(plainly)],
    ["leading zeros", texts((row) => `${row}x`), texts((row) => `000${row}x`), replaced(plainly)],
    [
      "a quantity in another unit, which is no other spelling",
      numeric(
        "key",
        made(100, (row) => row + 0.125),
      ),
      numeric(
        "key",
        made(100, (row) => 1000 * row + 125),
      ),
      replaced(null),
    ],
    [
      "a quantity with its unit, a thousand times as much",
      texts((row) => `${row}.125 kg`),
      texts((row) => `${row}125 kg`),
      replaced(null),
    ],
    ["a sign", texts((row) => `-${row + 1}`), texts((row) => `${row + 1}`), replaced(null)],
    ["leading zeros of numbers", texts((row) => `0${row}`), texts((row) => `000${row}`), replaced(plainly)],
    ["other names", texts((row) => `a${row}`), texts((row) => `b${row}`), replaced(null)],
    [
      "numbers that go on",
      numeric(
        "key",
        made(100, (row) => row),
      ),
      numeric(
        "key",
        made(100, (row) => row + 95),
      ),
      replaced(null, 5),
    ],
    [
      "numbers of which six of a hundred stay",
      numeric(
        "key",
        made(100, (row) => row),
      ),
      numeric(
        "key",
        made(100, (row) => row + 94),
      ),
      null,
    ],
    ["the same", texts(iso), texts(iso), null],
    ["too few", texts(dayFirst, 19), texts(iso, 19), null],
  ])("%s", (_, base, head, answer) => {
    expect(compareKeys(base, head)).toEqual(answer);
  });

  it("reads months that could be days by the values of the other side", () => {
    // the first twelve days of three months
    const early = (of: (month: string, date: string) => string) =>
      texts((row) => of(two(1 + Math.floor(row / 12)), two(1 + (row % 12))), 36);
    const [before, after] = [
      early((month, date) => `${month}/${date}/2015`),
      early((month, date) => `2015-${month}-${date}`),
    ];
    expect(compareKeys(before, after)?.spelling).toBe("dates changed from MM/DD/YYYY to YYYY-MM-DD");
  });
});
