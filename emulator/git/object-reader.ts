import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { gitEnvironment } from "./run.ts";

/** What git knows of an object without reading it. */
export interface ObjectInfo {
  readonly sha: string;
  readonly type: "blob" | "tree" | "commit" | "tag";
  /** Bytes. */
  readonly size: number;
}

export interface ReadObject extends ObjectInfo {
  readonly content: Buffer;
}

interface Waiting {
  readonly wantsContent: boolean;
  readonly resolve: (object: ReadObject | undefined) => void;
  readonly reject: (error: Error) => void;
}

const empty = Buffer.alloc(0);

/** One long-lived `git cat-file` for a repository; starting a process for every object would be fifty times slower. */
class ObjectReader {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting: Waiting[] = [];
  #chunks: Buffer[] = [];
  #length = 0;
  /** Bytes that must be there before the next answer can be read; 0 while its first line is not known. */
  #needed = 0;
  ended = false;

  constructor(directory: string) {
    this.#child = spawn("git", ["--git-dir", directory, "cat-file", "--batch-command"], { env: gitEnvironment() });
    this.#child.stdout.on("data", (chunk: Buffer) => this.#read(chunk));
    this.#child.stderr.resume();
    this.#child.stdin.on("error", () => {});
    this.#child.on("error", () => this.#end());
    this.#child.on("close", () => this.#end());
  }

  ask(wantsContent: boolean, expression: string): Promise<ReadObject | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ wantsContent, resolve, reject });
      this.#child.stdin.write(`${wantsContent ? "contents" : "info"} ${expression}\n`);
    });
  }

  close(): void {
    this.ended = true;
    this.#child.kill();
  }

  #end(): void {
    this.ended = true;
    for (const { reject } of this.#waiting.splice(0)) reject(new Error("git cat-file ended"));
  }

  #read(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#needed) return;
    let bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    this.#needed = 0;
    for (;;) {
      const waiting = this.#waiting[0];
      const end = bytes.indexOf(10);
      if (!waiting || end === -1) break;
      const line = bytes.subarray(0, end).toString("utf8");
      const found = /^([0-9a-f]{40}) (blob|tree|commit|tag) (\d+)$/.exec(line);
      const body = found && waiting.wantsContent ? Number(found[3]) + 1 : 0;
      if (bytes.length < end + 1 + body) {
        this.#needed = end + 1 + body;
        break;
      }
      this.#waiting.shift();
      const content = body > 0 ? Buffer.from(bytes.subarray(end + 1, end + body)) : empty;
      const [, sha = "", type = ""] = found ?? [];
      const size = Number(found?.[3] ?? 0);
      waiting.resolve(found ? { sha, type: type as ObjectInfo["type"], size, content } : undefined);
      bytes = bytes.subarray(end + 1 + body);
    }
    this.#chunks = [bytes];
    this.#length = bytes.length;
  }
}

const readers = new Map<string, ObjectReader>();

function ask(directory: string, wantsContent: boolean, expression: string): Promise<ReadObject | undefined> {
  if (expression === "" || /[\0\n]/.test(expression)) return Promise.resolve(undefined);
  let reader = readers.get(directory);
  if (!reader || reader.ended) {
    reader = new ObjectReader(directory);
    readers.set(directory, reader);
  }
  return reader.ask(wantsContent, expression);
}

/** Looks an object up by SHA, ref or expression such as `main:README.md`; undefined when there is none. */
export function findObject(directory: string, expression: string): Promise<ObjectInfo | undefined> {
  return ask(directory, false, expression);
}

/** Reads an object with its content. */
export function readObject(directory: string, expression: string): Promise<ReadObject | undefined> {
  return ask(directory, true, expression);
}

/** Ends the process of a repository, before its folder goes. */
export function closeReader(directory: string): void {
  readers.get(directory)?.close();
  readers.delete(directory);
}
