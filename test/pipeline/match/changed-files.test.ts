import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SchemaDiff } from "../../../pipeline/match/schema-diff.ts";
import { readTable } from "../../../pipeline/read/read-table.ts";
import { diffTables } from "../../support/matches.ts";
import { referenceData } from "../../support/reference-data.ts";
import { defaultFormat, defaultMissing } from "../read/read-text.ts";

const root = referenceData("changes");

async function read(change: string, side: "before" | "after") {
  const file = join(root!, change, `${side}.csv`);
  return readTable(file, `${side}.csv`, defaultFormat, { missing: defaultMissing, columns: {} });
}

const same = { added: [], removed: [], renamed: [], retyped: [], target: null };
const rows = (base: number, head: number, common: number) => ({
  base,
  head,
  added: head - common,
  removed: base - common,
  common,
});
const noClasses = { added: [], removed: [] };

/** Real commits to public data files: what changed, as the diff tells it. */
const changes: [string, string | null, Partial<SchemaDiff>][] = [
  ["iris_rows_dropped", "species", { target: noClasses, rows: rows(150, 90, 90) }],
  [
    "penguins_rename",
    "species",
    {
      renamed: [
        { from: "culmen_length_mm", to: "bill_length_mm", similarity: 1 },
        { from: "culmen_depth_mm", to: "bill_depth_mm", similarity: 1 },
      ],
      target: noClasses,
      rows: rows(344, 344, 344),
    },
  ],
  ["tips_three_cells", null, { rows: rows(244, 244, 241) }],
  ["fmri_resort", null, { rows: rows(1064, 1064, 1064), resorted: true }],
  ["taxis_new_column", "payment", { added: ["color"], target: noClasses, rows: rows(9961, 6433, 7) }],
  ["titanic_index_removed", "survived", { removed: ["column_1"], target: noClasses, rows: rows(891, 891, 891) }],
  ["thyroid_label_moved", null, { rows: rows(214, 214, 213) }],
  ["wheat_whitespace", null, { rows: rows(209, 209, 209) }],
  ["gss_bom_in_header", null, { renamed: [{ from: "column_1", to: "Category", similarity: 1 }], rows: rows(4, 4, 4) }],
  ["gdp_codes_swapped", null, { rows: rows(222, 222, 220) }],
  [
    "apple_dates",
    null,
    {
      rewritten: [{ column: "Date", spelling: "dates changed from DD/MM/YYYY to YYYY-MM-DD" }],
      rows: rows(506, 506, 0),
    },
  ],
  ["walmart_rows_dropped", null, { rows: rows(3176, 2992, 2992) }],
  ["california_crlf_to_lf", null, { rows: rows(5904, 5904, 5904) }],
];

describe.runIf(root !== undefined)("real changes of data files", () => {
  it.each(changes)("%s", async (change, target, expected) => {
    const before = await read(change, "before");
    const after = await read(change, "after");
    if (!before.ok || !after.ok) throw new Error("unreadable");
    expect(diffTables(before.value.table, after.value.table, target)).toEqual({ ...same, ...expected });
  });

  it("wine_header_removed: the old names are found again under the numbers of the first row", async () => {
    const before = await read("wine_header_removed", "before");
    const after = await read("wine_header_removed", "after");
    if (!before.ok || !after.ok) throw new Error("unreadable");
    const diff = diffTables(before.value.table, after.value.table, "quality");
    expect(diff.renamed.map(({ from, to }) => [from, to]).slice(0, 3)).toEqual([
      ["fixed acidity", "7.4"],
      ["volatile acidity", "0.7"],
      ["citric acid", "0"],
    ]);
    expect([diff.removed, diff.added, diff.target, diff.rows]).toEqual([
      ["quality"],
      ["5"],
      null,
      rows(1599, 1598, 1598),
    ]);
    expect(after.notes.map(({ code }) => code)).toEqual(["header-looks-like-data"]);
  });

  it.each([
    [
      "bcw_missing_changed",
      "before",
      "duplicate-column",
      "If the first line is data, declare format.header: false with format.names; otherwise rename these columns.",
    ],
    [
      "mtcars_quote_bug",
      "before",
      "ragged-rows",
      "Name the first column in the header; R writes row names without one.",
    ],
  ] as const)("%s %s is refused", async (change, side, code, remedy) => {
    const outcome = await read(change, side);
    expect(outcome.ok ? [] : outcome.problems).toEqual([expect.objectContaining({ code, remedy })]);
  });

  it("bcw_missing_changed without a header: sixteen cells were made missing", async () => {
    const format = { ...defaultFormat, header: false, names: Array.from({ length: 11 }, (_, i) => `c${i}`) };
    const [before, after] = await Promise.all(
      ["before", "after"].map((side) =>
        readTable(join(root!, "bcw_missing_changed", `${side}.csv`), "b.csv", format, {
          missing: defaultMissing,
          columns: {},
        }),
      ),
    );
    if (!before?.ok || !after?.ok) throw new Error("unreadable");
    expect(before.notes.map(({ code, message }) => [code, message])).toEqual([
      ["almost-numeric", "Column c6 was read as categorical because 16 of 699 cells are not numbers."],
    ]);
    expect(after.value.profile.columns[6]).toMatchObject({ type: "numeric", missing: 16 });
    expect(diffTables(before.value.table, after.value.table, "c10")).toMatchObject({
      retyped: [{ column: "c6", from: "categorical", to: "numeric" }],
      rows: rows(699, 699, 683),
    });
  });
});
