const entities: Record<string, string> = {
  gt: ">",
  lt: "<",
  ge: "≥",
  geq: "≥",
  le: "≤",
  leq: "≤",
  amp: "&",
  nbsp: " ",
};

const tags =
  /<\/?(?:a|b|big|br|code|del|em|font|i|ins|kbd|mark|p|s|small|span|strong|sub|sup|tt|u)(?:\s[^<>]{0,500})?\/?>/gi;

/**
 * What a reader of a criterion sees: without emphasis, links, tags, entities, escapes and invisible characters, with
 * one kind of hyphen and single spaces.
 *
 * @example plainCriterion("<b>[roc\\_auc](https://example.com)</b> &gt;= 0.9"); // "roc_auc >= 0.9"
 */
export function plainCriterion(written: string): string {
  return written
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "")
    .replace(tags, "")
    .replace(/&([a-z]{2,5}|#\d{1,6}|#x[0-9a-f]{1,5});/gi, decode)
    .replace(/(?<!\w)\[([^[\]]{0,300})\]\([^()]{0,1000}\)/g, "$1")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replaceAll("⩾", "≥")
    .replaceAll("⩽", "≤")
    .replace(/[＜＞＝％]/g, (wide) => wide.normalize("NFKC"))
    .replace(/[`*]|~~|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)/g, "")
    .trim()
    .replace(/[.;,!]$/, "")
    .replace(/\s+/g, " ")
    .trim();
}

function decode(whole: string, name: string): string {
  if (!name.startsWith("#")) return entities[name.toLowerCase()] ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
