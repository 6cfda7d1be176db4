/** The name of the file that describes a folder. */
export const DESCRIPTION_FILE = 'dataset.json';

/** Files that lie beside recordings and are none. */
const NO_RECORDING =
  /(^|\/)(readme|licen[cs]e|source|thumbs\.db|desktop\.ini)[^/]*$|\.(md|pdf|png|jpe?g|gif|svg|mp4|avi|mov|webm|mkv|py|ipynb|m|html?)$/i;

/** Whether a file is no recording by its name. */
export function isNoRecording(path: string): boolean {
  return NO_RECORDING.test(path);
}
