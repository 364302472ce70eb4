/** The program's exit statuses. Scripts depend on them: a number never changes its meaning. */

/** Every exit status. */
export const EXIT = {
  /** diff: no relevant difference. check: all as expected. list, show: found. */
  same: 0,
  /** diff: relevant differences. check: an expectation was not met. Never from list or show. */
  different: 1,
  /** The command line, an input that could not be read, or an output that could not be written. */
  unusable: 2,
  /** No handshake, or nothing that could be paired. */
  inconclusive: 3,
  /** Our own bug. */
  bug: 70,
  /** Interrupted by the user; what was read until then is reported as incomplete, and nothing is written that an incomplete result would falsify. */
  interrupted: 130,
} as const;

/** One of {@link EXIT}. */
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** The table as `--help` shows it. */
export const EXIT_HELP = `Exit status: 0 no relevant difference (list, show: found), 1 differences,
2 usage, unreadable input or output that cannot be written, 3 no handshake or
nothing to pair, 70 a bug, 130 interrupted: what was read until then is told.`;
