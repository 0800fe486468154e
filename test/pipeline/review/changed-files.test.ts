import { describe, expect, it } from "vitest";
import { hasChange, reviewChange, summarize } from "../../support/changed-files.ts";

interface Case {
  what: string;
  /** A file before and after a commit of a public repository. */
  change: string;
  /** Lines of the experiment of both sides. */
  experiment: string[];
  answer: ReturnType<typeof summarize>;
}

const cases: Case[] = [
  {
    what: "40 % of the rows are dropped, of one class more than of another",
    change: "iris_rows_dropped",
    experiment: ["target: species"],
    answer: {
      sides: "ran → ran",
      changed: ["data"],
      comparison: "compared, 39 → 25 rows, 39 common",
      reasons: [
        "14 of the 39 base hold-out rows (36 %) are gone, and judged as the base has them. On them the base's model is right in 100 % and the head's in 100 %, elsewhere in 92 % and 92 %.",
      ],
      differences: [],
      schema: ["rows 150 → 90: 60 removed, 90 common"],
      drift: ["stable"],
      integrity: ["rows-lost"],
    },
  },
  {
    what: "two features are renamed",
    change: "penguins_rename",
    experiment: ["target: species"],
    answer: {
      sides: "ran → ran",
      changed: ["data"],
      comparison: "compared, 76 → 85 rows, 76 common",
      reasons: ["The columns differ (5 shared, 7 in the base, 7 in the head), so the shared ones name the rows."],
      differences: [],
      schema: [
        "rows 344 → 344: 344 common",
        "renamed culmen_length_mm → bill_length_mm 1.0000",
        "renamed culmen_depth_mm → bill_depth_mm 1.0000",
      ],
      drift: ["stable"],
      integrity: [],
    },
  },
  {
    what: "three target cells become N/A",
    change: "tips_three_cells",
    experiment: ["target: tip", "model: { type: ridge-regression }"],
    answer: {
      sides: "ran → ran target-missing",
      changed: ["data"],
      comparison: "compared, 52 → 51 rows, 52 common",
      reasons: [
        expect.stringMatching(
          /^1 of the 52 base hold-out rows \(1\.9 %\) .* On them the base's model errs by 0\.563 and the head's by 0\.547, elsewhere by 0\.72 and 0\.721\.$/,
        ),
      ],
      differences: [],
      schema: ["rows 244 → 244: 3 added, 3 removed, 241 common"],
      drift: ["stable"],
      integrity: ["labels-lost tip"],
    },
  },
  {
    what: "rows are sorted anew, and 164 numbers get other digits behind the 15th, which is no change of content",
    change: "fmri_resort",
    experiment: ["target: signal", "exclude: [subject]", "model: { type: ridge-regression }"],
    answer: {
      sides: "ran → ran",
      changed: ["data"],
      comparison: "compared, 264 → 264 rows, 264 common",
      reasons: [],
      differences: [],
      schema: ["rows 1064 → 1064: 1064 common", "resorted"],
      drift: ["stable"],
      integrity: [],
    },
  },
  {
    what: "another sample of the same source, with a new column",
    change: "taxis_new_column",
    experiment: ["target: payment", "exclude: [pickup, dropoff, pickup_zone, dropoff_zone]"],
    answer: {
      sides: "ran target-missing → ran target-missing",
      changed: ["data"],
      comparison: "incomparable, 2523 → 1582 rows, 1 common",
      reasons: [
        "Of the base's 9,961 rows, 7 are in the head with the same content.",
        "Only 1 row is in the hold-out of both sides; a comparison needs 20. Hold out a larger share, or keep more of the rows.",
      ],
      differences: [],
      schema: ["rows 9961 → 6433: 6426 added, 9954 removed, 7 common", "added color"],
      drift: ["drifted", "pickup_borough", "dropoff_borough"],
      integrity: ["holdout-in-training", "rows-lost", "repeated-rows", "vanished-categories dropoff_borough"],
    },
  },
  {
    what: "the index without a name is removed, which made equal rows of other labels look different",
    change: "titanic_index_removed",
    experiment: ["target: survived", "exclude: [alive]"],
    answer: {
      sides: "ran unnamed-column → ran",
      changed: ["data"],
      comparison: "compared, 228 → 248 rows, 228 common",
      reasons: ["The columns differ (15 shared, 16 in the base, 15 in the head), so the shared ones name the rows."],
      differences: [],
      schema: ["rows 891 → 891: 891 common", "removed column_1"],
      drift: ["stable"],
      integrity: ["conflicting-labels"],
    },
  },
  {
    what: "the header is removed, so the first row is read as one",
    change: "wine_header_removed",
    experiment: ["target: quality", "model: { type: ridge-regression }"],
    answer: {
      sides: "ran → problems target-absent",
      changed: ["data"],
      comparison: null,
      reasons: [],
      differences: [],
      schema: [
        "rows 1599 → 1598: 1 removed, 1598 common",
        "added 5",
        "removed quality",
        "renamed fixed acidity → 7.4 0.9997",
        "renamed volatile acidity → 0.7 0.9997",
        "renamed citric acid → 0 0.9997",
        "renamed residual sugar → 1.9 0.9997",
        "renamed chlorides → 0.076 0.9997",
        "renamed free sulfur dioxide → 11 0.9997",
        "renamed total sulfur dioxide → 34 0.9997",
        "renamed density → 0.9978 0.9997",
        "renamed pH → 3.51 0.9997",
        "renamed sulphates → 0.56 0.9997",
        "renamed alcohol → 9.4 0.9997",
      ],
      drift: ["not-comparable"],
      integrity: null,
    },
  },
  {
    what: "the marker of missing values becomes one that is known",
    change: "bcw_missing_changed",
    experiment: [
      "target: class",
      "key: id",
      "format: { header: false, names: [id, thickness, size, shape, adhesion, epithelial, nuclei, chromatin, nucleoli, mitoses, class] }",
    ],
    answer: {
      sides: "ran almost-numeric key-repeated → ran key-repeated",
      changed: ["data"],
      comparison: "compared, 165 → 165 rows, 165 common",
      reasons: ["1 row of a repeated key could not be paired, because its content changed."],
      differences: [],
      schema: ["rows 699 → 699: 16 added, 16 removed, 683 common", "retyped nuclei: categorical → numeric, 16 of ?"],
      drift: ["stable"],
      integrity: [],
    },
  },
  {
    what: "the label moves from the first to the last column of a file without a header",
    change: "thyroid_label_moved",
    experiment: [
      "target: class",
      "format: { header: false, names: [class, t3, thyroxin, triiodothyronine, tsh, tsh_difference] }",
    ],
    answer: {
      sides: "ran → ran target-missing",
      changed: ["data"],
      comparison: "incomparable, 53 → 58 rows, 0 common",
      reasons: [
        'The values of the target "class" are now in "tsh_difference", and 5 more columns moved. Write format.names in the order of the file\'s columns, or put the columns back.',
      ],
      differences: [],
      schema: [
        // the change also damaged the last row: its first cell is empty, and its second one is two numbers in one
        "rows 215 → 215: 1 added, 1 removed, 214 common",
        "moved class → tsh_difference 1.0000",
        "moved t3 → class 1.0000",
        "moved thyroxin → t3 1.0000",
        "moved triiodothyronine → thyroxin 1.0000",
        "moved tsh → triiodothyronine 1.0000",
        "moved tsh_difference → tsh 1.0000",
      ],
      drift: ["drifted", "class", "t3", "thyroxin", "triiodothyronine", "tsh", "tsh_difference", "predicted class"],
      integrity: [],
    },
  },
  {
    what: "white space around values is removed, which changes nothing",
    change: "wheat_whitespace",
    experiment: [
      "target: variety",
      "format: { header: false, names: [area, perimeter, compactness, length, width, asymmetry, groove, variety] }",
    ],
    answer: {
      sides: "ran → ran",
      changed: ["data"],
      comparison: "compared, 46 → 46 rows, 46 common",
      reasons: [],
      differences: [],
      schema: ["rows 210 → 210: 210 common"],
      drift: ["stable"],
      integrity: [],
    },
  },
  {
    what: "the byte order mark moves into the name of a column, in a file of four rows",
    change: "gss_bom_in_header",
    experiment: ["target: Agree", "exclude: [source]", "model: { type: ridge-regression }"],
    answer: {
      // by its own columns the base holds out none of the four
      sides: "problems empty-holdout → ran",
      changed: ["data"],
      comparison: null,
      reasons: [],
      differences: [],
      schema: ["rows 4 → 4: 4 common", "renamed column_1 → Category 1.0000", "byte order mark: present → none"],
      drift: ["not-enough-data"],
      integrity: [],
    },
  },
  {
    what: "two cells are swapped",
    change: "gdp_codes_swapped",
    experiment: ["target: GDP (BILLIONS)", "key: COUNTRY", "model: { type: ridge-regression }"],
    answer: {
      sides: "ran → ran",
      changed: ["data"],
      comparison: "compared, 49 → 49 rows, 49 common",
      reasons: [],
      differences: [],
      schema: ["rows 222 → 222: 2 changed, 220 common", "2 cells of CODE"],
      drift: ["stable"],
      integrity: [],
    },
  },
  {
    what: "the column of row names gets a name, and white space before a quoted name",
    change: "mtcars_quote_bug",
    experiment: ["target: mpg", "model: { type: ridge-regression }"],
    answer: {
      sides: "problems ragged-rows → ran",
      changed: ["data"],
      comparison: null,
      reasons: [],
      differences: [],
      schema: null,
      drift: null,
      integrity: [],
    },
  },
  {
    what: "all dates are written anew, in a column that is no feature",
    change: "apple_dates",
    experiment: ["target: direction", "exclude: [Date]"],
    answer: {
      sides: "ran → ran",
      changed: ["data"],
      comparison: "compared, 131 → 140 rows, 131 common",
      reasons: [
        'Hardly any row has the same content on both sides, because "Date" changed. The columns "AAPL.Open", "AAPL.High", "AAPL.Low" and 6 more did not change and name the rows.',
      ],
      differences: [],
      schema: ["rows 506 → 506: 506 added, 506 removed", "rewritten Date dates changed from DD/MM/YYYY to YYYY-MM-DD"],
      drift: ["stable"],
      integrity: [],
    },
  },
  {
    what: "all dates are written anew, which were the key of the rows",
    change: "apple_dates",
    experiment: ["target: direction", "key: Date"],
    answer: {
      sides: "ran → ran",
      changed: ["data"],
      comparison: "incomparable, 132 → 124 rows, 0 common",
      reasons: [
        'None of the 506 values of the key column "Date" is in the head: dates changed from DD/MM/YYYY to YYYY-MM-DD.',
        'No row is in the hold-out of both sides. Keep the values of the key column "Date", or declare another one that names a row in both revisions, and keep the split\'s share and seed.',
      ],
      differences: [],
      schema: ["rows 506 → 506: 506 added, 506 removed", "rewritten Date dates changed from DD/MM/YYYY to YYYY-MM-DD"],
      drift: ["stable"],
      integrity: ["keys-replaced Date"],
    },
  },
  {
    what: "all dates are written anew, so that they can be read and split by",
    change: "apple_dates",
    experiment: ["target: direction", "split: { by: time, column: Date }"],
    answer: {
      sides: "problems not-a-time → ran",
      changed: ["data"],
      comparison: null,
      reasons: [],
      differences: [],
      schema: ["rows 506 → 506: 506 added, 506 removed", "rewritten Date dates changed from DD/MM/YYYY to YYYY-MM-DD"],
      drift: ["stable"],
      integrity: [],
    },
  },
  {
    what: "184 rows are dropped, of which 41 were held out",
    change: "walmart_rows_dropped",
    experiment: ["target: type_store", "key: storenum", "features: [conversion, st, LAT, LON, MONTH, YEAR]"],
    answer: {
      sides: "ran → ran",
      changed: ["data"],
      comparison: "compared, 798 → 757 rows, 798 common",
      reasons: [
        "41 of the 798 base hold-out rows (5.1 %) are gone, and judged as the base has them. On them the base's model is right in 71 % and the head's in 56 %, elsewhere in 69 % and 69 %: more than chance.",
      ],
      differences: ["recall regressed", "f1 regressed", "average_precision regressed"],
      schema: ["rows 3176 → 2992: 184 removed, 2992 common"],
      drift: ["stable"],
      integrity: ["rows-lost"],
    },
  },
  {
    what: "line ends become LF, which changes nothing else",
    change: "california_crlf_to_lf",
    experiment: ["target: clf_target", "key: identifier", "exclude: [timestamp, partition, y_pred_proba]"],
    answer: {
      sides: "ran → ran",
      changed: ["data"],
      comparison: "compared, 1466 → 1466 rows, 1466 common",
      reasons: [],
      differences: [],
      schema: ["rows 5904 → 5904: 5904 common", "line end: CRLF → LF"],
      drift: ["stable"],
      integrity: [],
    },
  },
];

describe("the review of a commit that changed a data file", () => {
  for (const { what, change, experiment, answer } of cases) {
    it.runIf(hasChange(change))(`${change}: ${what}`, async () => {
      expect(summarize(await reviewChange(change, experiment.join("\n")))).toEqual(answer);
    });
  }
});
