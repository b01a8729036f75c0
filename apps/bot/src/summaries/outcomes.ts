import type { Candidate } from './said.ts';
import { words } from './words.ts';

/** Something went wrong. */
const TROUBLE = words(`
  problems? issues? bug errors? fails? failed failing failure broken breaks crash\\p{L}* down outage full stuck twice duplicates? missing lost slow leak\\p{L}* 502 500
  problem\\p{L}* fehler\\p{L}* kaputt ausfall ausgefallen abgestürzt doppelt fehlt langsam
  problèmes? erreurs? panne cassée? planté\\p{L}* lent\\p{L}* manque
  problemas? errores caíd[oa] roto falla\\p{L}* lent[oa] falta
`);
/** Something was done about it, or it is over. */
const DONE = words(`
  fixed resolved solved recovered restored reverted rolled restarted replaced removed deleted cleaned switched raised changed deployed works_again back_up is_over
  behoben gelöst repariert neu_gestartet ersetzt entfernt gelöscht geändert läuft_wieder geht_wieder
  corrigé\\p{L}* résolu\\p{L}* réparé\\p{L}* redémarré\\p{L}* supprimé\\p{L}* remplacé\\p{L}* remarche
  arreglad[oa] resuelt[oa] reparad[oa] reiniciad[oa] borrad[oa] cambiad[oa] funciona_de_nuevo
`);
const QUESTION = /[?？]\s*$/u;
/** What is said about one thing is said close together. */
const WITHIN = 12;

/**
 * What was done about trouble that a point tells of: the first that says so in words of the point. Without it a summary
 * leaves its reader with a fright. None where a point of its own tells it.
 */
export function outcomeOf(point: Candidate, said: readonly Candidate[], isTold: (seq: number) => boolean): Candidate | undefined {
  if (!TROUBLE.test(point.sentence) || DONE.test(point.sentence) || QUESTION.test(point.sentence)) return undefined;
  const end = said.find(
    ({ seq, sentence, terms }) =>
      seq > point.seq && seq <= point.seq + WITHIN && DONE.test(sentence) && !QUESTION.test(sentence) && shares(terms, point.terms),
  );
  return end && !isTold(end.seq) ? end : undefined;
}

const shares = (terms: readonly string[], others: readonly string[]): boolean =>
  terms.some((term) => term.length > 3 && others.includes(term));
