import type { Scenario } from "../scenario.ts";
import { editFile } from "./edit-file.ts";

const unlikely = new Set(["Other-service", "Handlers-cleaners", "Farming-fishing"]);
const likely = new Set(["Exec-managerial", "Prof-specialty"]);

const features = [
  "age",
  "workclass",
  "education_num",
  "marital_status",
  "relationship",
  "race",
  "sex",
  "hours_per_week",
  "native_country",
];

/** A column that helps is dropped, and with it the rows that would show the loss: among the others the model looks as good as before. */
export const rowsDeleted: Scenario = {
  branch: "drop-occupation",
  title: "Drop the occupation, and outliers",
  issue: {
    title: "The occupation is costly to collect",
    body: "Can the model do without it?\n\n## Acceptance criteria\n\n- [x] the occupation is no feature",
  },
  body: (issue) => `Leaves the occupation out and removes outliers.\n\nCloses #${issue}`,
  commit: "Drop the occupation and remove outliers",
  change: async (folder) => {
    await editFile(folder, "models/income/experiment.yml", (text) =>
      text.replace("target: income\n", `target: income\nfeatures: [${features.join(", ")}]\n`),
    );
    await editFile(folder, "data/adult.csv", (text) => {
      const [header = "", ...rows] = text.trimEnd().split("\n");
      const names = header.split(",");
      const cell = (row: string, name: string) => row.split(",")[names.indexOf(name)] ?? "";
      const tells = (row: string, index: number) =>
        cell(row, "income") === ">50K"
          ? likely.has(cell(row, "occupation")) && index % 4 === 3
          : unlikely.has(cell(row, "occupation")) && Number(cell(row, "education_num")) >= 10 && index % 3 === 2;
      return `${[header, ...rows.filter((row, index) => !tells(row, index))].join("\n")}\n`;
    });
  },
  expected: { conclusion: "failure", merged: false },
  repairs: [],
};
