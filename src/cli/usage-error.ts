/** What a user can put right: the command line, or a file it names. The message is one sentence. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The same of a file: the help would not say more. */
export class FileError extends UsageError {}
