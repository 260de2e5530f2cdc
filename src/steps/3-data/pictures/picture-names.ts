/** Names of files that are photos by their ending, whether or not they can be decoded here. */

const PICTURE = /\.(?:jpe?g|jfif|png|webp|gif|tiff?|bmp|avif|hei[cf])$/iu;

export function isPictureName(name: string): boolean {
  return PICTURE.test(name);
}

/** How a folder or a list of photos is run, for those who hand it over as a table. */
export const RUN_PHOTOS =
  "photos are searched by a note of their own: `heptad new NAME --data PATH` drafts it from a folder of classes, or from a list of paths and labels";
