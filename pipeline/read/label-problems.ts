import type { Problem } from "../problem.ts";
import { formatCount, listNames, shortenText } from "../words.ts";

interface Paths {
  data: string;
  labels: string;
}

/** Why a file of labels cannot be put beside the data. */
export const labelProblem = {
  keyAbsent: (name: string, path: string): Problem => ({
    code: "labels-key-absent",
    where: { path, key: "labels.key" },
    message: `The file has no column ${shortenText(name)}, by which labels are found.`,
    written: shortenText(name),
    allowed: "columns that both the data and the labels have",
    remedy: "Correct labels.key, or add the column.",
  }),
  columnsRepeated: (names: readonly string[], { data, labels }: Paths): Problem => ({
    code: "labels-column-repeated",
    where: { path: labels },
    message: "The labels have columns that the data has as well, beside the key.",
    written: listNames(names),
    allowed: "the key columns, and columns that are not in the data",
    remedy: `Remove these columns from one of the two, or add them to labels.key. The data begins with ${shortenText(data)}.`,
  }),
  noColumns: (path: string): Problem => ({
    code: "labels-empty",
    where: { path },
    message: "The labels have no column but the key.",
    allowed: "the key columns and the target",
    remedy: "Add the target to the labels, or remove labels from the experiment.",
  }),
  keysRepeated: (repeated: number, rows: number, keys: readonly string[], path: string): Problem => ({
    code: "labels-key-repeated",
    where: { path, key: "labels.key" },
    message: `The key is repeated in ${formatCount(repeated)} of ${formatCount(rows)} rows of the labels, so nobody could say which label counts.`,
    written: listNames(keys),
    allowed: "one row of labels per key",
    remedy: "Remove the repeated rows, or name more columns in labels.key.",
  }),
  noneFound: (keys: readonly string[], { data, labels }: Paths): Problem => ({
    code: "labels-unmatched",
    where: { path: labels, key: "labels.key" },
    message: "No row of the data has its key in the labels.",
    written: listNames(keys),
    allowed: "the same keys in both files",
    remedy: `Compare how the key is written here and in ${shortenText(data)}.`,
  }),
};

/** What both sides have too much. */
export function labelsNotFound(
  { unlabeled, rows, unused, labels }: { unlabeled: number; rows: number; unused: number; labels: number },
  paths: Paths,
): Problem[] {
  const notes: (Problem | false)[] = [
    unlabeled > 0 && {
      code: "rows-unlabeled",
      where: { path: paths.data },
      message: `${formatCount(unlabeled)} of ${formatCount(rows)} rows have no label in ${shortenText(paths.labels)}.`,
      remedy: "Label these rows, or remove them.",
    },
    unused > 0 && {
      code: "labels-unused",
      where: { path: paths.labels },
      message: `${formatCount(unused)} of ${formatCount(labels)} labels belong to no row of the data.`,
      remedy: "Nothing, if the labels cover more; otherwise compare the keys.",
    },
  ];
  return notes.filter((note) => note !== false);
}
