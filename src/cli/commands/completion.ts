/** `tls-diff completion`: a script with which a shell completes commands, options and their values, and files. */
import { EXIT } from "../exit-status.ts";
import type { Io } from "../io.ts";
import { QUIET } from "../options.ts";
import { UsageError } from "../usage-error.ts";
import type { Command } from "./contract.ts";

export const completion: Command = {
  words: ["completion [shell]"],
  about: "print a completion script for bash, zsh or fish",
  positionals: { shell: "bash, zsh or fish; the one in $SHELL if left out" },
  output: QUIET,
  examples: [
    ["$0 completion bash >> ~/.bashrc", "for bash"],
    ["$0 completion zsh >> ~/.zshrc", "for zsh, below compinit"],
    ["$0 completion fish > ~/.config/fish/completions/tls-diff.fish", "for fish"],
  ],
  async execute(typed, io) {
    const shell = (typed["shell"] as string | undefined) ?? ownShell(io);
    const script = SCRIPTS.get(shell);
    if (script === undefined) throw new UsageError(`completion supports ${[...SCRIPTS.keys()].join(", ")}, not ${shell}`);
    if (typed["quiet"] !== true) await io.out.write(script);
    return EXIT.same;
  },
};

/** The user's shell if it is supported, otherwise bash. */
function ownShell(io: Io): string {
  const name = io.environment["SHELL"]?.split("/").at(-1) ?? "";
  return SCRIPTS.has(name) ? name : "bash";
}

const BASH = `# tls-diff completion bash >> ~/.bashrc
_tls_diff() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(SHELL=bash tls-diff --get-yargs-completions "\${COMP_WORDS[@]}" 2>/dev/null)" -- "$cur"))
  # Files are possible everywhere except as options, and as values that are listed.
  if [[ $cur != -* && ! ( $prev == -* && \${#COMPREPLY[@]} -gt 0 ) ]]; then
    COMPREPLY+=($(compgen -f -- "$cur"))
  fi
}
complete -o filenames -F _tls_diff tls-diff
`;

const ZSH = `# tls-diff completion zsh >> ~/.zshrc
_tls_diff() {
  local -a found
  found=(\${(f)"$(SHELL=zsh tls-diff --get-yargs-completions "\${words[@]}" 2>/dev/null)"})
  (( \${#found} )) && _describe tls-diff found
  # Files are possible everywhere except as options, and as values that are listed.
  if [[ \${words[CURRENT]} != -* && ! ( \${words[CURRENT-1]} == -* && \${#found} -gt 0 ) ]]; then _files; fi
}
compdef _tls_diff tls-diff
`;

const FISH = `# tls-diff completion fish > ~/.config/fish/completions/tls-diff.fish
function __tls_diff
  set -lx SHELL bash
  tls-diff --get-yargs-completions (commandline -opc) (commandline -ct) 2>/dev/null
end
complete -c tls-diff -a '(__tls_diff)'
`;

/** Scripts by the names of their shells. */
const SCRIPTS: ReadonlyMap<string, string> = new Map([
  ["bash", BASH],
  ["zsh", ZSH],
  ["fish", FISH],
]);
