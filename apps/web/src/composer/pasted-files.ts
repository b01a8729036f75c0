/** What browsers call a picture that is copied, not a file: the same for each. */
const NAMELESS = /^image\.(\w+)$/i;

/**
 * Pasted files, pictures without a name called by when they were pasted: two of one name would be taken for versions of
 * one file.
 */
export function namedFiles(files: readonly File[], at: Date): File[] {
  const pictures = files.filter(({ name }) => NAMELESS.test(name));
  return files.map((file) => {
    const ending = NAMELESS.exec(file.name)?.[1];
    if (!ending) return file;
    const count = pictures.length > 1 ? ` ${pictures.indexOf(file) + 1}` : '';
    return new File([file], `Pasted ${moment(at)}${count}.${ending}`, { type: file.type, lastModified: file.lastModified });
  });
}

/** As the clock says where one is: `2026-11-27 at 09.05.03`; a colon may not stand in the name of a file. */
function moment(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day} at ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join('.')}`;
}
