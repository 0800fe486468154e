import type { CsvFormat } from "../experiment/experiment.ts";
import type { Outcome } from "../problem.ts";
import type { DataProfile } from "../table/profile.ts";
import type { LoadedFile, LoadRequest } from "./loaded-file.ts";

/** One data format behind the one contract: a folder of its name beside this file, and a line in `formats.ts`. */
export interface Format {
  /** Kebab-case; stands as `kind` in a profile. */
  name: string;
  /** As people write it. */
  title: string;
  /** What a file of it holds, where the title does not tell everybody. */
  hint?: string;
  /** Which options of an experiment's `format` it takes; it ignores the others. */
  options: readonly (keyof CsvFormat)[];
  /** Whether content is of this format. Content is decompressed and not blank; the name of its file does not count. */
  recognizes(bytes: Buffer): boolean;
  /** Content as typed columns, or every reason why it is no clean table. May change `bytes` in place. */
  load(bytes: Buffer, request: LoadRequest): Promise<Outcome<LoadedFile>>;
  /** How a file of it is written, in words, by what they are about. Files are compared in what both of them tell. */
  describe(written: WrittenAs): Readonly<Record<string, string>>;
}

/** How a side's file is written: as it was found, and as its experiment declares it. */
export interface WrittenAs {
  found: DataProfile["format"];
  declared: Pick<CsvFormat, "decimal" | "header">;
}
