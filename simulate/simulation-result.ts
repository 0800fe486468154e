/** What a simulation found: printed and kept as a table. */
export interface SimulationResult {
  title: string;
  /** The command that repeats it, with its seed. */
  command: string;
  /** One row per case; all rows have the same columns. */
  rows: Record<string, string | number>[];
  /** Whether every rate lies where it is promised to lie, within the error of so many samples. */
  passed: boolean;
}
