import { styleText } from "node:util";

/** Prints what happens, with the seconds since the start, and a live line while something is awaited. */
export interface Timeline {
  say(text: string): void;
  heading(text: string): void;
  /** Shows `text` until the promise settles; on a terminal with the seconds waited. */
  while<T>(text: string, work: Promise<T>): Promise<T>;
  /** Seconds since the start. */
  seconds(): number;
}

export function openTimeline(stream: NodeJS.WriteStream): Timeline {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const paint = (format: Parameters<typeof styleText>[0], text: string) => styleText(format, text, { stream });
  const line = (text: string) => stream.write(`${paint("dim", `${seconds().toFixed(1).padStart(6)} s`)}  ${text}\n`);

  return {
    seconds,
    say: (text) => {
      line(text);
    },
    heading: (text) => {
      stream.write(`\n${paint("bold", text)}\n`);
    },
    while: async (text, work) => {
      if (!stream.isTTY) return work;
      const begun = performance.now();
      const show = () => stream.write(`\r         … ${text} (${((performance.now() - begun) / 1000).toFixed(0)} s)`);
      show();
      const timer = setInterval(show, 250);
      try {
        return await work;
      } finally {
        clearInterval(timer);
        stream.write("\r\u001b[2K");
      }
    },
  };
}
