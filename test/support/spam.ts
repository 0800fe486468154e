/** An experiment that predicts spam from some columns of `spamFiles`. */
export const spamExperiment = (columns: string): string => `data: data/spam.csv
target: spam
features: [${columns}]
split: { holdout: 0.4, seed: 7 }
model: { type: logistic-regression }
`;

/** 600 rows in which `links` tells spam from the rest and `length` tells nothing. */
const rows = Array.from({ length: 600 }, (_, row) => {
  const spam = row % 2;
  return `${spam === 1 ? 4 + (row % 7) : row % 5},${(row * 7919) % 101},${spam}`;
});

/** The model that uses both columns. */
export const spamFiles: Readonly<Record<string, string>> = {
  "models/spam.yml": spamExperiment("links, length"),
  "data/spam.csv": `links,length,spam\n${rows.join("\n")}\n`,
};

/** A policy that gates the model, with levels of checks. */
export const spamPolicy = (levels: Readonly<Record<string, string>>): string => `version: 1
models:
  - id: spam
    experiment: models/spam.yml
    metrics:
      roc_auc: { tolerance: 0.02 }
checks:
${Object.entries(levels)
  .map(([check, level]) => `  ${check}: { level: ${level} }\n`)
  .join("")}`;

/** The data with every length longer by so much. */
export function longer(by: number): Record<string, string> {
  return eachRow("links,length,spam", ([links, length, spam]) => [links, Number(length) + by, spam]);
}

/** The data and the experiment with a feature that is the target under other names. */
export function copied(): Record<string, string> {
  const copy = eachRow("links,length,spam,folder", ([links, length, spam]) => [
    ...[links, length, spam],
    spam === "1" ? "junk" : "inbox",
  ]);
  return { ...copy, "models/spam.yml": spamExperiment("links, length, folder") };
}

function eachRow(header: string, change: (cells: string[]) => unknown[]): Record<string, string> {
  const changed = rows.map((row) => change(row.split(",")).join(","));
  return { "data/spam.csv": `${[header, ...changed].join("\n")}\n` };
}
