/** What a simulation found, as plain data. */
export interface SimulationResult {
  title: string;
  /** The command that repeats it. */
  command: string;
  rows: Record<string, string | number>[];
  /** Whether every figure is within the borders that the simulation states. */
  passed: boolean;
}
