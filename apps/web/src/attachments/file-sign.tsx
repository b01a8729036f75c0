import {
  IconFile,
  IconFileText,
  IconFileTypeCsv,
  IconFileTypeDocx,
  IconFileTypeHtml,
  IconFileTypePdf,
  IconFileZip,
  IconPhoto,
} from '@tabler/icons-react';
import styles from './file-sign.module.css';

const SIGNS = [
  [/\.pdf$/i, IconFileTypePdf],
  [/\.docx?$/i, IconFileTypeDocx],
  [/\.(csv|tsv)$/i, IconFileTypeCsv],
  [/\.html?$/i, IconFileTypeHtml],
  [/\.(txt|md|json|log|xml|ya?ml)$/i, IconFileText],
  [/\.(png|jpe?g|gif|webp|svg)$/i, IconPhoto],
  [/\.(zip|gz|tar|7z|rar)$/i, IconFileZip],
] as const;

/** What kind of file it is, at a glance. */
export function FileSign({ name, size = 36 }: { name: string; size?: number }) {
  const Icon = SIGNS.find(([pattern]) => pattern.test(name))?.[1] ?? IconFile;
  return (
    <span className={styles.sign} style={{ width: size, height: size }} aria-hidden>
      <Icon size={size * 0.58} stroke={1.6} />
    </span>
  );
}
