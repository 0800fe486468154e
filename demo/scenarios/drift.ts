import type { Scenario } from "../scenario.ts";
import { editFile } from "./edit-file.ts";

/** The data is "cleaned" in a way that leaves mostly older people in it. */
export const drift: Scenario = {
  branch: "clean-survey-rows",
  title: "Remove incomplete survey rows",
  issue: {
    title: "Clean the survey data",
    body: "Some rows look incomplete.\n\n## Acceptance criteria\n\n- [x] rows were reviewed by hand",
  },
  body: (issue) => `Removes rows that the new survey tool marks as incomplete.\n\nResolves #${issue}`,
  commit: "Remove rows marked as incomplete",
  change: (folder) =>
    editFile(folder, "data/adult.csv", (text) => {
      const [header, ...rows] = text.trimEnd().split("\n");
      const kept = rows.filter((row, index) => Number(row.slice(0, row.indexOf(","))) >= 40 || index % 5 === 0);
      return `${[header, ...kept].join("\n")}\n`;
    }),
  expected: { conclusion: "failure", merged: false },
  repairs: [],
};
