/** The types of what collects the licences of bundled packages, for its test. */

export declare function packageFolders(ids: readonly string[]): Set<string>;
export declare function licencesText(folders: readonly string[]): string;
