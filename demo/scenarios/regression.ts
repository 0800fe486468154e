import type { Scenario } from "../scenario.ts";
import { editFile } from "./edit-file.ts";

/** Somebody simplifies the model and drops the columns that carry the signal. */
export const regression: Scenario = {
  branch: "simplify-features",
  title: "Simplify the feature list",
  issue: {
    title: "The feature list is hard to explain",
    body: "Fewer features would be easier to explain.\n\n## Acceptance criteria\n\n- [x] the experiment names fewer features",
  },
  body: (issue) => `Drops family and occupation columns.\n\nFixes #${issue}`,
  commit: "Drop family and occupation columns",
  change: (folder) =>
    editFile(folder, "models/income/experiment.yml", (text) =>
      text.replace(
        "exclude: [fnlwgt, education, capital_gain, capital_loss]",
        "exclude: [fnlwgt, education, capital_gain, capital_loss, marital_status, relationship, occupation, education_num]",
      ),
    ),
  expected: { conclusion: "failure", merged: false },
  repairs: [],
};
