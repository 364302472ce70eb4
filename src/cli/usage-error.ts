/** A problem that the user can fix: with the command line, or a file it names. The message is one sentence. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The same for a file, where pointing to the help would be useless. */
export class FileError extends UsageError {}
