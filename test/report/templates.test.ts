import Handlebars from "handlebars";
import { describe, expect, it } from "vitest";
import { compileMarkdown } from "../../src/report/templates.ts";

const render = (template: string, view: object) => compileMarkdown(template)(view);

describe("a value is escaped for Markdown wherever it stands", () => {
  it.each<[template: string, rendered: string]>([
    ["{{x}}", "&lt;b&gt; \\*"],
    ["{{this.x}}", "&lt;b&gt; \\*"],
    ["{{#each list}}{{this}}{{/each}}", "&lt;b&gt; \\*"],
    ["{{#each list as |one|}}{{one}}{{/each}}", "&lt;b&gt; \\*"],
    ["{{#with inner}}{{y}}{{../x}}{{/with}}", "\\_&lt;b&gt; \\*"],
    ["{{#if x}}{{x}}{{else}}{{x}}{{/if}}", "&lt;b&gt; \\*"],
    ["{{#unless no}}{{x}}{{/unless}}", "&lt;b&gt; \\*"],
    ["{{text x}}", "&lt;b&gt; \\*"],
    ["{{code x}}", "`<b> *`"],
    ["{{#each inner}}{{@key}}{{/each}}", "y"],
    [
      "{{n}} {{metric n}} {{change n}} {{count n}} {{setting n}} {{share n}}",
      "0.12345 0.1235 +0.1235 0 0.12345 12.3 %",
    ],
    ["{{metric none}} {{count none}}", "– –"],
  ])("%s", (template, rendered) => {
    expect(render(template, { x: "<b> *", list: ["<b> *"], inner: { y: "_" }, n: 0.12345, none: null })).toBe(rendered);
  });
});

describe("a template that shows what is not there is a defect", () => {
  it.each([
    "{{missing}}",
    "{{x.missing}}",
    "{{metric missing}}",
    "{{none}}",
    "{{list}}",
    "{{constructor}}",
    "{{x.constructor}}",
    "{{__proto__}}",
    "{{#with x}}{{constructor.name}}{{/with}}",
  ])("%s", (template) => {
    expect(() => render(template, { x: "a", none: null, list: ["a"] })).toThrow(TypeError);
  });
});

it.each(["{{{x}}}", "{{&x}}", "{{unknown x}}", "{{lookup x 'length'}}", "{{log x}}", "{{escape x}}"])(
  "%s does not compile",
  (template) => {
    expect(() => compileMarkdown(template)).toThrow();
  },
);

it("other users of Handlebars keep their HTML escaping", () => {
  expect(Handlebars.compile("{{x}}")({ x: "<*" })).toBe("&lt;*");
});
