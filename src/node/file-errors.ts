/** What the operating system says of a file, in our words. */
import { CaptureError } from "../fault/errors.ts";
import { DecompressionError } from "./decompress.ts";

/** Why an input cannot be read, as the `error` of its capture. An error that is not about the input is thrown again. */
export function describeError(error: unknown): { code: string; message: string } {
  if (error instanceof CaptureError) return { code: error.code, message: error.message };
  if (error instanceof DecompressionError) return { code: "compression", message: error.message };
  const { code, syscall } = error as NodeJS.ErrnoException;
  const words = code === undefined ? undefined : FILE_ERRORS[code];
  if (words !== undefined) return { code: words[0], message: words[1] };
  if (code === undefined || syscall === undefined) throw error;
  return { code: "unreadable", message: `could not be read: the system says ${code}` };
}

/** What the operating system may say of a file: our code and our words. */
const FILE_ERRORS: Readonly<Record<string, readonly [code: string, message: string]>> = {
  ENOENT: ["missing-file", "does not exist"],
  EACCES: ["no-permission", "may not be read: permission denied"],
  EPERM: ["no-permission", "may not be read: permission denied"],
  EISDIR: ["directory", "is a directory"],
  ENOTDIR: ["missing-file", "does not exist: a part of its path is not a directory"],
  ELOOP: ["missing-file", "cannot be reached: too many symbolic links"],
  ENAMETOOLONG: ["missing-file", "does not exist: its name is too long"],
  EIO: ["unreadable", "could not be read: input/output error"],
};
