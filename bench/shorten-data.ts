import { editFile } from "../demo/scenarios/edit-file.ts";

/** Keeps the header and the first rows of the example's data. */
export async function shortenData(folder: string, rows: number): Promise<void> {
  await editFile(
    folder,
    "data/adult.csv",
    (text) =>
      `${text
        .split("\n")
        .slice(0, rows + 1)
        .join("\n")}\n`,
  );
}

/** Changes the strength of the regularization, so that a head is trained. */
export async function changeExperiment(folder: string, c: string): Promise<void> {
  await editFile(folder, "models/income/experiment.yml", (text) => text.replace("c: 1.0 }", `c: ${c} }`));
}
