import type { Scenario } from "../scenario.ts";
import { editFile } from "./edit-file.ts";

const criteria = (rocAuc: string, documented: boolean) =>
  [
    "The weights of rare categories look too large.",
    "",
    "## Acceptance criteria",
    "",
    `- [ ] roc_auc >= ${rocAuc}`,
    `- [${documented ? "x" : " "}] the choice of C is explained in the experiment`,
  ].join("\n");

/** A harmless change without an issue; then with one whose criteria are not met; then the text and the issue are repaired. */
export const criteriaRepaired: Scenario = {
  branch: "stronger-regularization",
  title: "Regularize a little more",
  issue: { title: "Weights of rare categories are too large", body: criteria("0.95", false) },
  body: () => "Halves C, so that rare categories weigh less.",
  commit: "Halve C so that rare categories weigh less",
  change: (folder) =>
    editFile(folder, "models/income/experiment.yml", (text) =>
      text.replace("c: 1.0 }", "c: 0.5 } # rare categories weigh less"),
    ),
  expected: { conclusion: "failure", merged: false },
  repairs: [
    {
      label: "issue linked",
      says: "links the issue in the text of the pull request",
      pullRequestBody: (issue) => `Halves C, so that rare categories weigh less.\n\nCloses #${issue}`,
      expected: { conclusion: "failure", merged: false },
    },
    {
      label: "issue repaired",
      says: "the issue is edited: a criterion that can be met, and the other one ticked",
      issueBody: criteria("0.88", true),
      expected: { conclusion: "success", merged: true },
    },
  ],
};
