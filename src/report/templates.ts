import { readFileSync } from "node:fs";
import Handlebars from "handlebars";
import { formatCount } from "../../pipeline/words.ts";
import { escapeCode, escapeMarkdown } from "./escape-markdown.ts";
import { formatChange, formatMetric, formatProbability, formatSetting, formatShare } from "./format-number.ts";

const folder = new URL("../../templates/", import.meta.url);

const compiled = new Map<string, HandlebarsTemplateDelegate>();

const environment = Handlebars.create();

const helpers = {
  text: escapeMarkdown,
  code: escapeCode,
  metric: formatMetric,
  probability: formatProbability,
  change: formatChange,
  count: formatCount,
  setting: formatSetting,
  share: formatShare,
} as const;

for (const [name, format] of Object.entries(helpers)) {
  environment.registerHelper(name, (value: unknown, path: unknown) => {
    if (value === null) return new Handlebars.SafeString("–");
    if (typeof value === "string" || typeof value === "number") {
      return new Handlebars.SafeString((format as (value: unknown) => string)(value));
    }
    throw new TypeError(`${name} got ${typeof value} for ${String(path)}`);
  });
}

environment.registerHelper("escape", (value: unknown, path: unknown) => {
  if (value instanceof Handlebars.SafeString) return value;
  if (typeof value === "string") return new Handlebars.SafeString(escapeMarkdown(value));
  if (typeof value === "number") return new Handlebars.SafeString(formatSetting(value));
  throw new TypeError(`a template shows ${value === null ? "null" : typeof value} at ${String(path)}`);
});

environment.registerHelper("is", (left: unknown, right: unknown) => left === right);

/**
 * Renders one of our own templates, `templates/<name>.hbs`, compiled on first use.
 *
 * Every `{{value}}` is escaped for Markdown, not for HTML; there is no way to print a value unescaped. Numbers are
 * printed by `metric`, `probability`, `change`, `count`, `setting` or `share`, null as a dash; `code` prints text as code. Throws when a
 * template shows a value that the view does not have: that is a defect of the template.
 */
export function renderTemplate(name: string, view: object): string {
  const template = compiled.get(name) ?? compileMarkdown(readTemplate(name));
  compiled.set(name, template);
  return template(view)
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function readTemplate(name: string): string {
  return readFileSync(new URL(`${name}.hbs`, folder), "utf8");
}

/** Compiles a template in which every `{{value}}` is escaped for Markdown. Only for templates of our own. */
export function compileMarkdown(source: string): HandlebarsTemplateDelegate {
  const program = Handlebars.parse(source);
  new EscapeEverything().accept(program);
  return environment.compile(program, {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: { escape: true, is: true, ...Object.fromEntries(Object.keys(helpers).map((name) => [name, true])) },
  });
}

/**
 * Turns `{{value}}` into a call of the helper `escape`. Handlebars' own escape function is shared by every environment
 * of the process and escapes HTML, which the web pages need; so it stays as it is and is bypassed here.
 */
class EscapeEverything extends Handlebars.Visitor {
  override MustacheStatement(statement: hbs.AST.MustacheStatement): void {
    if (!statement.escaped) throw new Error("A template may not print a value unescaped");
    const isCall = statement.params.length > 0;
    const path = statement.path as hbs.AST.PathExpression;
    const name = isCall ? path.original : null;
    const shown = (isCall ? statement.params[0] : path) as hbs.AST.PathExpression;
    const about: hbs.AST.StringLiteral = {
      type: "StringLiteral",
      value: String(shown.original),
      original: String(shown.original),
      loc: statement.loc,
    };
    const inner = isCall
      ? {
          type: "SubExpression",
          path,
          params: [...statement.params, about],
          hash: emptyHash(statement),
          loc: statement.loc,
        }
      : path;
    if (name !== null && !Object.hasOwn(helpers, name)) throw new Error(`There is no helper ${name}`);
    statement.path = {
      type: "PathExpression",
      data: false,
      depth: 0,
      parts: ["escape"],
      original: "escape",
      loc: statement.loc,
    } as unknown as hbs.AST.PathExpression;
    statement.params = [inner as hbs.AST.Expression, about];
    statement.hash = emptyHash(statement);
    statement.escaped = false;
  }
}

function emptyHash({ loc }: hbs.AST.Node): hbs.AST.Hash {
  return { type: "Hash", pairs: [], loc };
}

environment.registerPartial("problem", compileMarkdown(readTemplate("problem").trim()));
