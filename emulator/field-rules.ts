import { HttpError } from "./errors.ts";
import type { Annotation } from "./model.ts";

/** A text that GitHub takes only up to a length. Lengths are in characters unless `bytes` says otherwise. */
interface TextRule {
  readonly longest: number;
  /** Whether it must hold something. */
  readonly required?: boolean;
}

/**
 * How long GitHub lets texts be. Of the names and titles of check runs its documentation says nothing; 255 is what it
 * says of the titles of annotations, and what reports of others give.
 */
const rules = {
  "Issue title": { longest: 256, required: true },
  "Label name": { longest: 50, required: true },
  "Label description": { longest: 100 },
  "Repository description": { longest: 350 },
  "Status context": { longest: 255 },
  "Status description": { longest: 140 },
  "CheckRun name": { longest: 255, required: true },
  "CheckRun title": { longest: 255 },
} as const satisfies Record<string, TextRule>;

function refuse(resource: string, error: { code: string; field: string; message?: string }): never {
  throw new HttpError(422, "Validation Failed", [{ resource, ...error }]);
}

/** Throws GitHub's 422 for a text that is blank or too long; absent ones pass. */
export function checkText(rule: keyof typeof rules, text: string | null | undefined): void {
  if (text === undefined || text === null) return;
  const [resource = "", field = ""] = rule.split(" ");
  const { longest, required }: TextRule = rules[rule];
  if (required && text.trim() === "") refuse(resource, { code: "missing_field", field });
  if ([...text].length > longest) {
    refuse(resource, { code: "custom", field, message: `${field} is too long (maximum is ${longest} characters)` });
  }
}

/** A colour is six hexadecimal digits without a `#`. */
export function checkColor(color: string | undefined): void {
  if (color !== undefined && !/^[0-9a-f]{6}$/i.test(color)) refuse("Label", { code: "invalid", field: "color" });
}

/** Texts of a check run are measured in bytes, whatever its documentation says of characters. */
const longestField = 65_535;

/** Throws GitHub's 422 for a summary or text of too many bytes. */
export function checkBytes(field: "summary" | "text", text: string | undefined): void {
  if (Buffer.byteLength(text ?? "") <= longestField) return;
  refuse("CheckRun", { code: "custom", field, message: `${field} exceeds a maximum bytesize of ${longestField}` });
}

/** Throws GitHub's 422 for an annotation that it can't show; it never says which one, or why. */
export function checkAnnotations(annotations: readonly Annotation[]): void {
  if (!annotations.every(isShown)) refuse("CheckRun", { code: "invalid", field: "annotations" });
}

function isShown({ start_line, end_line, start_column, end_column, ...texts }: Annotation): boolean {
  const columns = start_column !== undefined || end_column !== undefined;
  const backwards = end_line < start_line || (end_column ?? Infinity) < (start_column ?? 0);
  const fits = (text: string | undefined) => Buffer.byteLength(text ?? "") <= 65_536;
  const counted = start_line >= 1 && (start_column ?? 1) >= 1 && (end_column ?? 1) >= 1;
  return (
    counted &&
    !backwards &&
    !(columns && start_line !== end_line) &&
    texts.path !== "" &&
    texts.message !== "" &&
    fits(texts.message) &&
    fits(texts.raw_details) &&
    [...(texts.title ?? "")].length <= 255
  );
}

/** Throws GitHub's 422 for an address that a browser can't open. */
export function checkDetailsUrl(url: string | undefined): void {
  if (url !== undefined && !/^https?:\/\//i.test(url)) {
    throw new HttpError(422, "Invalid request.\n\nThe details_url scheme must be http or https.");
  }
}
