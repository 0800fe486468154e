import { Marked } from "marked";

/** Escapes text for HTML content and attributes. */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replaceAll(/[&<>"']/g, (character) => names[character] ?? character);
}

const allowedTag = /<!--[\s\S]*?-->|<(\/?)(details|summary|code|sub|sup|kbd|br)(?:\s+(open))?\s*\/?>/gi;

/** Raw HTML as GitHub shows it, but stricter: comments vanish, a few harmless tags stay, the rest becomes text. */
function keepHarmlessTags(html: string): string {
  let shown = "";
  let at = 0;
  for (const match of html.matchAll(allowedTag)) {
    const [whole, slash, name, open] = match;
    shown += escapeHtml(html.slice(at, match.index));
    if (name) shown += `<${slash}${name.toLowerCase()}${open && !slash ? " open" : ""}>`;
    at = match.index + whole.length;
  }
  return shown + escapeHtml(html.slice(at));
}

/** Only addresses that cannot run anything. */
function safeAddress(href: string): string | undefined {
  return /^(https?:\/\/|mailto:|#|\/(?!\/))/i.test(href) ? href : undefined;
}

/** Text of Markdown for HTML: escaped, except for character references, which Markdown knows too. */
function escapeText(text: string): string {
  const parts = text.split(/(&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});)/i);
  return parts.map((part, index) => (index % 2 === 0 ? escapeHtml(part) : part)).join("");
}

/** Ticks, crosses and arrows are drawn, since not every machine has a font with them; the text stays for copying. */
function drawMarks(html: string): string {
  const kinds: Record<string, string> = { "✓": "tick", "✗": "cross", "→": "arrow" };
  return html.replaceAll(/[✓✗→]/g, (mark) => `<span class="mark ${kinds[mark]}">${mark}</span>`);
}

const marked = new Marked({
  gfm: true,
  renderer: {
    html: ({ text }) => keepHarmlessTags(text),
    text(token) {
      if ("tokens" in token && token.tokens) return this.parser.parseInline(token.tokens);
      return drawMarks("escaped" in token && token.escaped ? token.text : escapeText(token.text));
    },
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens);
      const address = safeAddress(href);
      return address ? `<a href="${escapeHtml(address)}" rel="nofollow noopener noreferrer">${text}</a>` : text;
    },
    // Pictures from elsewhere are not loaded; their address is shown instead.
    image({ href, text }) {
      const address = safeAddress(href);
      return address
        ? `<a href="${escapeHtml(address)}" rel="nofollow noopener noreferrer">${escapeHtml(text || href)}</a>`
        : escapeHtml(text);
    },
  },
});

/** Markdown from anybody → HTML that is safe to show. */
export function renderMarkdown(text: string): string {
  return marked.parse(text, { async: false });
}
