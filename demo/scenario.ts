/** What GitHub should say after a step: the check's conclusion, and whether the merge goes through. */
export interface Expected {
  conclusion: "success" | "failure";
  merged: boolean;
}

/** A later step of the same pull request: text is edited, nothing is pushed. */
export interface Repair {
  /** Two or three words for the closing table. */
  label: string;
  says: string;
  pullRequestBody?: (issue: number) => string;
  issueBody?: string;
  expected: Expected;
}

/** One pull request of the demo. */
export interface Scenario {
  branch: string;
  title: string;
  issue: { title: string; body: string };
  /** The pull request's text; `issue` is the number of the issue above. */
  body: (issue: number) => string;
  commit: string;
  change: (folder: string) => Promise<void>;
  expected: Expected;
  repairs: Repair[];
}
