/** One command of a comment, read and not yet judged. */
export type Command =
  | { name: "help" }
  | { name: "rerun" }
  | { name: "policy" }
  | { name: "explain"; target: string }
  | { name: "unwaive"; target: string }
  | {
      name: "waive";
      /** A check, or the start of a finding's fingerprint. */
      target: string;
      /** One line as it was written: escape it. */
      reason: string;
      /** The last day on which it holds, `YYYY-MM-DD`; null: as long as the policy allows. */
      until: string | null;
      /** It was a tick in the comment, and the reason says so. */
      ticked?: true;
    };

/** A line that means to be a command and is none. */
export interface Mistake {
  name: "mistake";
  /** The line, cut. */
  written: string;
  /** What is wrong and what to write instead, in one or two sentences. */
  message: string;
}

export type CommandName = Command["name"];

/** How each command is written and what it does: the one table for the parser's messages and for the help. */
export const commandTable: Readonly<Record<CommandName, { usage: string; does: string }>> = {
  waive: {
    usage: "/modelsync waive CHECK reason: WHY until: YYYY-MM-DD",
    does: "accepts what a check found, as bad as it is now; `until:` may be left out. A finding's fingerprint may stand for CHECK",
  },
  unwaive: { usage: "/modelsync unwaive CHECK", does: "takes that back" },
  explain: {
    usage: "/modelsync explain CHECK",
    does: "says what a check asks for, by which values of the policy, and what it found: fingerprints, numbers and remedies",
  },
  policy: { usage: "/modelsync policy", does: "shows the policy in force, and which values are defaults" },
  rerun: { usage: "/modelsync rerun", does: "reviews the pull request again" },
  help: { usage: "/modelsync help", does: "shows this list" },
};

export const commandNames = Object.keys(commandTable) as CommandName[];
