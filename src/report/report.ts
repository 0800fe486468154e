/** What is published: the comment's Markdown and the check run's output. */
export interface Report {
  /** At most 65,536 characters. */
  comment: string;
  checkRun: {
    conclusion: "success" | "failure";
    /** At most 255 characters. */
    title: string;
    /** Markdown, at most 65,535 characters each. */
    summary: string;
    text: string;
    /** At most 50. */
    annotations: Annotation[];
  };
}

export interface Annotation {
  path: string;
  start_line: number;
  end_line: number;
  annotation_level: "failure" | "warning" | "notice";
  title: string;
  message: string;
}
