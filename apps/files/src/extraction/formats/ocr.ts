import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';

type TessBaseApi = {
  Init(path: string | null, language: string, engine: number): number;
  SetImageFile(orientation: number, angle: number): number;
  SetVariable(name: string, value: string): void;
  SetPageSegMode(mode: number): void;
  Recognize(monitor: null): number;
  GetUTF8Text(): string;
  MeanTextConf(): number;
  Clear(): void;
  End(): void;
};
type TesseractModule = {
  TessBaseAPI: new () => TessBaseApi;
  FS: { writeFile(path: string, bytes: Uint8Array): void; unlink(path: string): void };
};

/** The neural recogniser, which is the only one the data holds. */
const LSTM_ONLY = 1;
const AUTOMATIC = 3;
/** Below this, what was recognised are shapes that happen to look like letters. */
const LEAST_CONFIDENCE = 45;

/** Recognises letters in pictures, in this process and without a network. */
export class Ocr {
  private readonly module: TesseractModule;
  private readonly api: TessBaseApi;

  private constructor(module: TesseractModule, api: TessBaseApi) {
    this.module = module;
    this.api = api;
  }

  static async start(language = 'eng'): Promise<Ocr> {
    const load = createRequire(import.meta.url);
    const core = load('tesseract.js-core/tesseract-core-simd-lstm.js') as (options: object) => Promise<TesseractModule>;
    const quiet = () => undefined;
    const module = await core({ print: quiet, printErr: quiet, TesseractProgress: quiet });
    const data = load.resolve(`@tesseract.js-data/${language}/4.0.0_best_int/${language}.traineddata.gz`);
    module.FS.writeFile(`${language}.traineddata`, gunzipSync(readFileSync(data)));
    const api = new module.TessBaseAPI();
    if (api.Init(null, language, LSTM_ONLY) !== 0) throw new Error('the recogniser could not be started');
    api.SetPageSegMode(AUTOMATIC);
    return new Ocr(module, api);
  }

  /** The text of a picture in any usual format; empty when there is none, or none that can be trusted. */
  read(picture: Uint8Array): string {
    this.module.FS.writeFile('/input', picture);
    try {
      if (this.api.SetImageFile(1, 0) === 1) return '';
      this.api.Recognize(null);
      const text = this.api.GetUTF8Text();
      const confidence = this.api.MeanTextConf();
      return confidence < LEAST_CONFIDENCE || !/[\p{L}\p{N}]{2}/u.test(text) ? '' : text.trim();
    } finally {
      this.api.Clear();
      this.module.FS.unlink('/input');
    }
  }
}
