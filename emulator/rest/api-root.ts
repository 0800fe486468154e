import type { Answer } from "./route.ts";

/** Roots of REST addresses. Everything else that stands at the root is git or a page. */
export const restRoots: readonly string[] = [
  ...["repos", "repositories", "app", "apps", "user", "users", "orgs", "installation", "rate_limit"],
];

/** Names of addresses that lead to pages also where they begin as REST addresses do. */
const pages = new Set(["html_url", "external_url"]);
const address = /(^|_)url$|^(href|self|git)$/;

/** An answer to a request under `/api/v3`, whose REST addresses stay there, as those of GitHub Enterprise Server do. */
export function underApiV3(answer: Answer, url: string): Answer {
  const move = (text: string) => {
    const path = text.startsWith(`${url}/`) ? text.slice(url.length) : "";
    return restRoots.includes(path.split(/[/?{]/)[1] ?? "") ? `${url}/api/v3${path}` : text;
  };
  const rewrite = (value: unknown, key = ""): unknown => {
    if (typeof value === "string") return address.test(key) && !pages.has(key) ? move(value) : value;
    if (Array.isArray(value)) return value.map((one) => rewrite(one));
    if (typeof value !== "object" || value === null || Buffer.isBuffer(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, rewrite(one, name)]));
  };
  const headers = Object.entries(answer.headers ?? {}).map(([name, value]) => {
    if (name === "location") return [name, move(value)];
    return [name, name === "link" ? value.replaceAll(/<([^>]*)>/g, (_, target: string) => `<${move(target)}>`) : value];
  });
  return { ...answer, body: rewrite(answer.body), headers: Object.fromEntries(headers) };
}
