import { readFileSync } from "node:fs";
import Handlebars from "handlebars";

const handlebars = Handlebars.create();
const compiled = new Map<string, Handlebars.TemplateDelegate>();

function template(name: string): Handlebars.TemplateDelegate {
  let found = compiled.get(name);
  if (!found) {
    const text = readFileSync(new URL(`../pages/${name}.hbs`, import.meta.url), "utf8");
    found = handlebars.compile(text, { strict: true });
    compiled.set(name, found);
  }
  return found;
}

/** A whole page: the named template inside the layout. Every value is escaped; only `{{{ }}}` is not. */
export function renderPage(name: string, title: string, view: object): string {
  return template("layout")({ title, content: template(name)(view) });
}
