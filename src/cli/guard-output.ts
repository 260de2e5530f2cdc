/** What happens when standard output or standard error cannot be written: a reader that has gone is no fault, a full disk is one line. */

export interface GuardedProcess {
  readonly stdout: { on(event: "error", listener: (error: NodeJS.ErrnoException) => void): unknown };
  readonly stderr: {
    on(event: "error", listener: (error: NodeJS.ErrnoException) => void): unknown;
    write(text: string): unknown;
  };
  exit(code: number): void;
}

/** Ends the program where its output goes nowhere: with 0 where the reader has seen enough, with 2 where something is lost. */
export function guardOutput(process: GuardedProcess): void {
  process.stdout.on("error", (error) => {
    // The reader of a pipe (`head`, `less`) has gone.
    if (error.code === "EPIPE") return process.exit(0);
    const why = error.code === "ENOSPC" ? "no space is left where it goes" : error.message;
    process.stderr.write(
      `error[unwritable-output] what was asked for cannot be printed: ${why}\n  fix: send it elsewhere\n`,
    );
    process.exit(2);
  });
  // Nobody reads what is said on the side: the work goes on.
  process.stderr.on("error", () => undefined);
}
