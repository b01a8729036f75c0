import { ordinaryLetters } from '../../text/letters.ts';
import type { PlacedRun } from './pdf-run.ts';

/** What the library tells of an annotation, as far as it is read here. */
export type Annotation = {
  subtype?: string;
  rect?: number[];
  annotationFlags?: number;
  contentsObj?: { str?: string };
  textContent?: string[];
  fieldType?: string | null;
  fieldName?: string;
  fieldValue?: unknown;
  alternativeText?: string;
  checkBox?: boolean;
  radioButton?: boolean;
  pushButton?: boolean;
  exportValue?: string;
  buttonValue?: string | null;
  options?: { exportValue?: string; displayValue?: string }[];
  hidden?: boolean;
};

const HIDDEN_FLAGS = 2 | 32;
const FIELD_FONT = 11;
/** A value so long speaks for itself. */
const NAMED_CHARS = 40;

/** Values of forms and written remarks where they stand on the page, and notes that stand nowhere on it. */
export function annotationsOf(annotations: Annotation[], runs: PlacedRun[]): { placed: PlacedRun[]; notes: string[] } {
  const placed: PlacedRun[] = [];
  const notes: string[] = [];
  for (const annotation of annotations) {
    if (annotation.hidden || ((annotation.annotationFlags ?? 0) & HIDDEN_FLAGS) !== 0) continue;
    const [left = 0, bottom = 0, right = 0, top = 0] = annotation.rect ?? [];
    const box = { left, bottom, right, top };
    if (annotation.subtype === 'Widget') placed.push(...fieldRuns(annotation, box, runs));
    else if (annotation.subtype === 'FreeText') placed.push(...boxRuns(saidBy(annotation), box));
    else if (annotation.subtype !== 'Popup' && annotation.subtype !== 'Link') {
      const note = saidBy(annotation);
      if (note.trim() !== '') notes.push(note);
    }
  }
  return { placed, notes };
}

const saidBy = ({ contentsObj, textContent }: Annotation) => ordinaryLetters(contentsObj?.str?.trim() || (textContent ?? []).join('\n'));

type Box = { left: number; bottom: number; right: number; top: number };

function fieldRuns(field: Annotation, box: Box, runs: PlacedRun[]): PlacedRun[] {
  const value = fieldValue(field);
  if (value === '') return [];
  const label = hasLabel(box, runs) || value.length > NAMED_CHARS ? '' : field.alternativeText || nameOf(field.fieldName ?? '');
  return boxRuns(label === '' ? value : `${label.replace(/:$/, '')}: ${value}`, box);
}

function fieldValue(field: Annotation): string {
  const { fieldValue: value } = field;
  if (field.pushButton || field.fieldType === 'Sig') return '';
  if (field.checkBox || field.radioButton) {
    const own = field.exportValue ?? field.buttonValue ?? '';
    if (value !== own || own === '') return field.checkBox && typeof value === 'string' ? 'No' : '';
    return /^(?:on|1|true|\d+)$/i.test(own) ? 'Yes' : own;
  }
  const values = (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');
  const shown = values.map((one) => field.options?.find((option) => option.exportValue === one)?.displayValue ?? one);
  // A value in formatted text alone is known by how it is drawn.
  const drawn = field.fieldType === 'Tx' ? (field.textContent ?? []).join(' ') : '';
  return ordinaryLetters(shown.join(', ')).trim() || ordinaryLetters(drawn).trim();
}

/** Whether something stands beside the field on its line, or just above it. */
function hasLabel({ left, bottom, right, top }: Box, runs: PlacedRun[]): boolean {
  return runs.some((run) => {
    const beside = run.y > bottom - run.height * 0.5 && run.y < top && (run.x < left ? left - run.x - run.width < 250 : run.x - right < 30);
    const above = run.y >= top && run.y - top < run.height * 1.2 && run.x < right && run.x + run.width > left;
    return beside || above;
  });
}

/** "applicant.first_name" is called "first name". */
const nameOf = (name: string) =>
  name
    .split('.')
    .at(-1)!
    .replace(/\[\d+\]$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim();

/** The lines of a text in its box, from the top where there are several, in the middle where there is one. */
function boxRuns(text: string, { left, bottom, right, top }: Box): PlacedRun[] {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  const height = Math.min(FIELD_FONT, Math.max(4, (top - bottom) / Math.max(1, lines.length)));
  const first = lines.length === 1 && top - bottom < FIELD_FONT * 3 ? (top + bottom) / 2 - height * 0.3 : top - height;
  const width = Math.max(1, right - left - 4);
  return lines.map((line, i) => ({
    text: line,
    x: left + 2,
    y: first - i * height * 1.15,
    width: Math.min(width, line.length * height * 0.5),
    height,
    turned: 0,
  }));
}
