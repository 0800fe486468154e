import { renderMarkdown } from "../web/markdown.ts";

/** What stands in place of `body` for each media type that asks for texts in another form than Markdown. */
const forms: Readonly<Record<string, readonly Form[]>> = {
  full: ["body", "body_html", "body_text"],
  html: ["body_html"],
  text: ["body_text"],
};
type Form = "body" | "body_html" | "body_text";

const renderers: Readonly<Record<Form, (text: string) => string>> = {
  body: (text) => text,
  body_html: renderMarkdown,
  body_text: (text) => unescapeHtml(renderMarkdown(text).replaceAll(/<[^>]*>/g, "")).trim(),
};

function unescapeHtml(html: string): string {
  const names: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return html.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => names[name] ?? "");
}

/** The answer with its texts in the form that `application/vnd.github.<form>+json` asks for. */
export function inMediaType(body: unknown, accept: string): unknown {
  const [, asked = ""] = /application\/vnd\.github\.(?:v3\.)?(\w+)\+json/.exec(accept) ?? [];
  const wanted = forms[asked];
  return wanted ? rewrite(body, wanted) : body;
}

function rewrite(value: unknown, wanted: readonly Form[]): unknown {
  if (Array.isArray(value)) return value.map((one) => rewrite(one, wanted));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, one]): [string, unknown][] => {
    const isText = key === "body" && (typeof one === "string" || one === null);
    if (!isText) return [[key, rewrite(one, wanted)]];
    return wanted.map((form) => [form, one === null ? (form === "body" ? null : "") : renderers[form](one)]);
  });
  return Object.fromEntries(entries);
}
