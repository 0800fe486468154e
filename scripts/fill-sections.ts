/** A page with what lies between `<!-- name -->` and the `<!-- end -->` after it made anew; the rest is written by hand. */
export function fillSections(page: string, sections: Readonly<Record<string, string>>): string {
  return Object.entries(sections).reduce((text, [name, content]) => {
    const section = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- end -->)`);
    return text.replace(section, (_, start: string, end: string) => `${start}\n${content}\n\n${end}`);
  }, page);
}
