/**
 * The words of why a file is as it is: English, as the service of files has it or a little plainer, with German and Vietnamese.
 * `{0}` and `{1}` stand for what is put in.
 */
export const REASON_WORDS = {
  'A file inside is damaged and was left out.': [
    'Eine Datei darin ist beschädigt und wurde ausgelassen.',
    'Một tệp bên trong bị hỏng và đã bị bỏ qua.',
  ],
  'A file that is packed like this cannot be read here.': [
    'Eine so gepackte Datei kann hier nicht gelesen werden.',
    'Tệp được nén theo cách này không đọc được ở đây.',
  ],
  'A virus was found in it: {0}.': ['Darin wurde ein Virus gefunden: {0}.', 'Đã tìm thấy vi-rút trong tệp: {0}.'],
  'Ask an admin.': ['Frag eine Administratorin oder einen Administrator.', 'Hãy hỏi quản trị viên.'],
  'Delete it, and check where it came from.': ['Lösche sie und prüfe, woher sie kam.', 'Hãy xoá tệp và kiểm tra nguồn gốc của nó.'],
  'It can be read again once it is restored, or uploaded anew.': [
    'Sie kann wieder gelesen werden, sobald sie wiederhergestellt ist, oder neu hochgeladen werden.',
    'Có thể đọc lại khi tệp được khôi phục, hoặc tải lên lại.',
  ],
  'It can be tried again.': ['Es kann noch einmal versucht werden.', 'Có thể thử lại.'],
  'It can still be downloaded.': ['Sie kann trotzdem heruntergeladen werden.', 'Vẫn có thể tải xuống.'],
  'it is damaged in a way that stops the reader': [
    'sie ist so beschädigt, dass das Lesen abbricht',
    'tệp bị hỏng đến mức việc đọc bị dừng',
  ],
  'It is neither read nor handed out.': ['Sie wird weder gelesen noch herausgegeben.', 'Tệp không được đọc và không được giao ra.'],
  'It is read as soon as that is back.': [
    'Sie wird gelesen, sobald er wieder da ist.',
    'Tệp sẽ được đọc ngay khi trình quét hoạt động lại.',
  ],
  'it needs more memory than a file may take': [
    'sie braucht mehr Speicher, als eine Datei haben darf',
    'tệp cần nhiều bộ nhớ hơn mức cho phép',
  ],
  'it takes longer than a second': ['es dauert länger als eine Sekunde', 'mất hơn một giây'],
  'it takes longer than {0} seconds': ['es dauert länger als {0} Sekunden', 'mất hơn {0} giây'],
  'it unfolds to far more text than a file may have': [
    'sie entfaltet sich zu viel mehr Text, als eine Datei haben darf',
    'tệp bung ra nhiều văn bản hơn mức cho phép',
  ],
  'Many of its characters are damaged and could not be read.': [
    'Viele Zeichen darin sind beschädigt und konnten nicht gelesen werden.',
    'Nhiều ký tự trong tệp bị hỏng và không đọc được.',
  ],
  'No text was found in the picture.': ['In dem Bild wurde kein Text gefunden.', 'Không tìm thấy văn bản trong ảnh.'],
  'No text was found: it may be a scan or consist of pictures only.': [
    'Es wurde kein Text gefunden: Vielleicht ist es ein Scan oder besteht nur aus Bildern.',
    'Không tìm thấy văn bản: có thể đây là bản quét hoặc chỉ gồm hình ảnh.',
  ],
  'one part of it takes longer than a whole document does': [
    'ein Teil davon dauert länger als sonst ein ganzes Dokument',
    'một phần của tệp mất nhiều thời gian hơn cả một tài liệu',
  ],
  'Only the beginning of the message was read: it is too long.': [
    'Nur der Anfang der Nachricht wurde gelesen: Sie ist zu lang.',
    'Chỉ phần đầu của thư được đọc: thư quá dài.',
  ],
  'Only the first page was read.': ['Nur die erste Seite wurde gelesen.', 'Chỉ trang đầu được đọc.'],
  'Only the first page was read: {1}.': ['Nur die erste Seite wurde gelesen: {1}.', 'Chỉ trang đầu được đọc: {1}.'],
  'Only the first {0} characters were read: the text is longer than that.': [
    'Nur die ersten {0} Zeichen wurden gelesen: Der Text ist länger.',
    'Chỉ {0} ký tự đầu được đọc: văn bản dài hơn thế.',
  ],
  'Only the first {0} files of the archive were read.': [
    'Nur die ersten {0} Dateien des Archivs wurden gelesen.',
    'Chỉ {0} tệp đầu trong kho nén được đọc.',
  ],
  'Only the first {0} pages were read.': ['Nur die ersten {0} Seiten wurden gelesen.', 'Chỉ {0} trang đầu được đọc.'],
  'Only the first {0} pages were read: {1}.': ['Nur die ersten {0} Seiten wurden gelesen: {1}.', 'Chỉ {0} trang đầu được đọc: {1}.'],
  'Remove the protection and upload it again.': ['Entferne den Schutz und lade sie noch einmal hoch.', 'Hãy gỡ bảo vệ rồi tải lên lại.'],
  'Some pages could not be read: {0} and more.': [
    'Einige Seiten konnten nicht gelesen werden: {0} und weitere.',
    'Một số trang không đọc được: {0} và các trang khác.',
  ],
  'Some pages could not be read: {0}.': ['Einige Seiten konnten nicht gelesen werden: {0}.', 'Một số trang không đọc được: {0}.'],
  'Text is not read from this kind of file.': ['Aus dieser Art von Datei wird kein Text gelesen.', 'Không đọc văn bản từ loại tệp này.'],
  'The book is protected against copying, and cannot be read here.': [
    'Das Buch ist gegen Kopieren geschützt und kann hier nicht gelesen werden.',
    'Sách được bảo vệ chống sao chép và không đọc được ở đây.',
  ],
  'The content is not of a kind that is read here.': [
    'Der Inhalt ist von keiner Art, die hier gelesen wird.',
    'Nội dung không thuộc loại được đọc ở đây.',
  ],
  'The file could not be read in several tries.': [
    'Die Datei konnte in mehreren Versuchen nicht gelesen werden.',
    'Không đọc được tệp sau nhiều lần thử.',
  ],
  'The file could not be read: {0}.': ['Die Datei konnte nicht gelesen werden: {0}.', 'Không đọc được tệp: {0}.'],
  'The file is built as no ordinary document is, and was refused.': [
    'Die Datei ist gebaut wie kein gewöhnliches Dokument und wurde abgelehnt.',
    'Tệp có cấu tạo không như tài liệu thông thường và đã bị từ chối.',
  ],
  'The file is damaged and cannot be opened.': [
    'Die Datei ist beschädigt und kann nicht geöffnet werden.',
    'Tệp bị hỏng và không mở được.',
  ],
  'The file is damaged: it could be read up to some place only.': [
    'Die Datei ist beschädigt: Sie konnte nur bis zu einer Stelle gelesen werden.',
    'Tệp bị hỏng: chỉ đọc được đến một chỗ nào đó.',
  ],
  'The file is empty.': ['Die Datei ist leer.', 'Tệp trống.'],
  'The file is larger than what the virus scanner checks, so it is neither read nor handed out.': [
    'Die Datei ist größer, als der Virenscanner prüft, und wird daher weder gelesen noch herausgegeben.',
    'Tệp lớn hơn mức trình quét vi-rút kiểm tra, nên không được đọc và không được giao ra.',
  ],
  'The file is protected with a password.': ['Die Datei ist mit einem Passwort geschützt.', 'Tệp được bảo vệ bằng mật khẩu.'],
  'The file unpacks to far more than its size, and was refused.': [
    'Die Datei entpackt sich auf weit mehr als ihre Größe und wurde abgelehnt.',
    'Tệp bung ra lớn hơn nhiều so với kích thước của nó và đã bị từ chối.',
  ],
  'The notebook is larger than can be read.': ['Das Notebook ist größer, als gelesen werden kann.', 'Sổ ghi chép lớn hơn mức có thể đọc.'],
  'The PDF is encrypted for certain readers.': [
    'Das PDF ist für bestimmte Leser verschlüsselt.',
    'PDF được mã hoá cho những người đọc nhất định.',
  ],
  'The picture is too large to look for text in it.': [
    'Das Bild ist zu groß, um darin nach Text zu suchen.',
    'Ảnh quá lớn để tìm văn bản trong đó.',
  ],
  'the server was too busy in every try': ['der Server war bei jedem Versuch überlastet', 'máy chủ quá bận trong mọi lần thử'],
  'Unpack it, or pack it as ZIP or GZIP.': ['Entpacke sie oder packe sie als ZIP oder GZIP.', 'Hãy giải nén, hoặc nén thành ZIP hay GZIP.'],
  'Waits for the virus scanner, which is away.': [
    'Wartet auf den Virenscanner, der gerade nicht da ist.',
    'Đang chờ trình quét vi-rút, hiện không hoạt động.',
  ],
  'What was read before is kept: trying again failed.': [
    'Was schon gelesen war, bleibt: Der neue Versuch ist gescheitert.',
    'Những gì đã đọc được giữ lại: lần thử lại đã thất bại.',
  ],
  'What was stored of this file is gone.': ['Was von dieser Datei gespeichert war, ist weg.', 'Những gì đã lưu của tệp này không còn.'],
  '{0} is damaged and was left out.': ['{0} ist beschädigt und wurde ausgelassen.', '{0} bị hỏng và đã bị bỏ qua.'],
} as const satisfies Record<string, readonly [de: string, vi: string]>;
