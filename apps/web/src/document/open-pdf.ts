import { AtriumError } from '@atrium/client';
import type { FileRecord } from '@atrium/contracts';
import { GlobalWorkerOptions, PDFDataRangeTransport, type PDFDocumentProxy, getDocument } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { useEffect, useState } from 'react';
import { client } from '../session/client.ts';

GlobalWorkerOptions.workerSrc = workerUrl;

/** A page needs a few of them; the rest of a large document stays where it is. */
const CHUNK_BYTES = 256 * 1024;

type Bytes = Pick<FileRecord, 'roomId' | 'id' | 'size'>;

/** Reads the bytes with our token, as they are wanted. */
class FileBytes extends PDFDataRangeTransport {
  readonly #stopped = new AbortController();

  constructor(
    private readonly file: Bytes,
    private readonly onFailure: (error: AtriumError) => void,
  ) {
    super(file.size, null);
  }

  override requestDataRange(begin: number, end: number): void {
    const { roomId, id } = this.file;
    client.files
      .content(roomId, id, { range: `bytes=${begin}-${end - 1}`, signal: this.#stopped.signal })
      .then((reply) => reply.arrayBuffer())
      .then((bytes) => this.onDataRange(begin, new Uint8Array(bytes)))
      .catch((error: unknown) => !this.#stopped.signal.aborted && this.onFailure(AtriumError.from(error)));
  }

  override abort(): void {
    this.#stopped.abort();
  }
}

export type OpenPdf = { document?: PDFDocumentProxy; error?: AtriumError };

/** @returns the document once its first bytes are here, or why it cannot be drawn */
export function usePdf({ roomId, id, size }: Bytes): OpenPdf {
  const [open, setOpen] = useState<OpenPdf>({});
  useEffect(() => {
    const fail = (error: unknown): void => setOpen({ error: AtriumError.from(error) });
    const task = getDocument({
      range: new FileBytes({ roomId, id, size }, fail),
      rangeChunkSize: CHUNK_BYTES,
      disableAutoFetch: true,
      disableStream: true,
      cMapUrl: '/pdf/cmaps/',
      standardFontDataUrl: '/pdf/standard_fonts/',
      wasmUrl: '/pdf/wasm/',
      useWasm: false,
      isEvalSupported: false,
      enableXfa: false,
    });
    let gone = false;
    task.promise.then(
      (document) => !gone && setOpen({ document }),
      (error: unknown) => !gone && fail(error),
    );
    return () => {
      gone = true;
      setOpen({});
      void task.destroy();
    };
  }, [roomId, id, size]);
  return open;
}
