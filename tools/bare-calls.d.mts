/** The search for calls that a bundler drops, for its test. */

export function bareCall(code: string): string | undefined;
