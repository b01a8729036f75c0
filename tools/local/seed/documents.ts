import { PDFDocument, StandardFonts, rgb } from 'pdf-lib';

const pumpPages = [
  {
    title: 'Feed pump: care and repair',
    lines: [
      'This sheet covers the two feed pumps of the engine room, called P1 and P2.',
      'P1 runs by day, P2 by night. They change over at 06:00 and at 18:00.',
      'Either pump alone can carry the full load for at most 36 hours.',
      '',
      'Normal figures',
      'The outlet pressure is 6.2 bar. Below 5.5 bar the stand-by pump starts by itself.',
      'The bearing temperature stays under 70 degrees Celsius. At 85 degrees the pump trips.',
      'A healthy pump draws 14 amperes. More than 17 amperes points to a blocked strainer.',
    ],
  },
  {
    title: 'Every week, every month, every year',
    lines: [
      'Weekly: clean the strainer and listen to the bearings. Twelve minutes a pump.',
      'Monthly: grease both bearings with 20 grams of lithium grease. Never more.',
      'Yearly: replace the shaft seal, part number FP-118, and the coupling rubber, FP-121.',
      'A spare seal hangs on the board beside the workbench. Whoever takes it orders the next.',
      '',
      'When a pump trips',
      'Wait for ten minutes before the first restart, so that the motor can cool.',
      'Restart a tripped pump at most twice in one hour. Then call the engineer on watch.',
      'Write every trip into the engine log with time, pressure and bearing temperature.',
    ],
  },
];

/** A small handbook with facts that questions can be asked about. */
export async function pumpHandbook(): Promise<File> {
  const document = await PDFDocument.create();
  document.setTitle('Feed pump: care and repair');
  const [regular, bold] = [await document.embedFont(StandardFonts.Helvetica), await document.embedFont(StandardFonts.HelveticaBold)];
  for (const { title, lines } of pumpPages) {
    const page = document.addPage([595, 842]);
    page.drawText(title, { x: 64, y: 760, size: 20, font: bold, color: rgb(0.1, 0.15, 0.25) });
    lines.forEach((line, index) => page.drawText(line, { x: 64, y: 720 - index * 22, size: 11.5, font: regular }));
  }
  return new File([(await document.save()) as Uint8Array<ArrayBuffer>], 'feed-pump-handbook.pdf', { type: 'application/pdf' });
}

const rota = `# Watch rota, week 34

| Day | Morning | Evening |
| --- | --- | --- |
| Monday | Ada | Grace |
| Tuesday | Grace | Linus |
| Wednesday | Linus | Ada |
| Thursday | Ada | Grace |
| Friday | Grace | Linus |

## Handover

1. Read the last page of the engine log aloud.
2. Name every alarm that was silenced, and why.
3. The watch is handed over when the next person says "I have the watch".

The weekend watch is kept from home: the phone in the drawer rings first, Ada second.
`;

export function watchRota(): File {
  return new File([rota], 'watch-rota.md', { type: 'text/markdown' });
}
