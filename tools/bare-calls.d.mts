export function bareCall(code: string): string | undefined;
