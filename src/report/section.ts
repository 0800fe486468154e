/** One section of the folded part. */
export interface Section {
  /** For the line that unfolds: `confusion matrices`. */
  name: string;
  markdown: string;
}
