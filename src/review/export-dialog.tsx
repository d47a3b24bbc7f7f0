import { useState } from 'preact/hooks';
import { Dialog } from './dialog.tsx';
import { fileList, type Mark, type Marks, writeCommand } from './marks.ts';
import type { File } from './report.ts';

interface ExportProps {
  readonly files: readonly File[];
  readonly marks: Marks;
  readonly onClose: () => void;
}

function save(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** The verdicts as lists that `--files-from` takes. */
export function ExportDialog({ files, marks, onClose }: ExportProps) {
  const [copied, setCopied] = useState(false);
  const count = (mark: Mark): number => [...marks.values()].filter((one) => one === mark).length;
  const command = writeCommand(files, marks);
  return (
    <Dialog title="Export verdicts" onClose={onClose}>
      {marks.size === 0 ? (
        <p>
          Nothing is marked yet. Press <kbd>a</kbd> to accept a file and <kbd>x</kbd> to reject it, in the list or on
          its page. The verdicts become lists of files that <code>--files-from</code> takes.
        </p>
      ) : (
        <>
          <p>
            {count('accepted')} accepted, {count('rejected')} rejected, {files.length - marks.size} open.
          </p>
          <div class="row">
            <button
              type="button"
              disabled={count('accepted') === 0}
              onClick={() => save('accepted.txt', fileList(files, marks, 'accepted'))}
            >
              Save accepted.txt
            </button>
            <button
              type="button"
              disabled={count('rejected') === 0}
              onClick={() => save('rejected.txt', fileList(files, marks, 'rejected'))}
            >
              Save rejected.txt
            </button>
          </div>
          <p>Then, where the report was made:</p>
          <div class="command">
            <code>{command}</code>
            <button
              type="button"
              class="quiet"
              onClick={() => void navigator.clipboard?.writeText(command).then(() => setCopied(true))}
            >
              {copied ? 'Copied' : 'Copy'}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}
