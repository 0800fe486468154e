import type { Scenario } from "../scenario.ts";
import { editFile } from "./edit-file.ts";

/** Two informative columns join the features; the issue's criteria are measured and met. */
export const improvement: Scenario = {
  branch: "use-capital-columns",
  title: "Use capital gains and losses",
  issue: {
    title: "The model ignores capital gains",
    body: [
      "Capital gains and losses are collected everywhere since spring. The model should use them.",
      "",
      "## Acceptance criteria",
      "",
      "- [ ] roc_auc >= 0.90",
      "- [ ] recall[sex=Female] not worse",
    ].join("\n"),
  },
  body: (issue) => `Adds \`capital_gain\` and \`capital_loss\` to the features.\n\nCloses #${issue}`,
  commit: "Use capital gains and losses as features",
  change: (folder) =>
    editFile(folder, "models/income/experiment.yml", (text) =>
      text
        .replace("exclude: [fnlwgt, education, capital_gain, capital_loss]", "exclude: [fnlwgt, education]")
        .replace(", the capital columns are not collected everywhere.", "."),
    ),
  expected: { conclusion: "success", merged: true },
  repairs: [],
};
