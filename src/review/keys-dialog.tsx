import { Dialog } from './dialog.tsx';

const KEYS: readonly (readonly [keys: readonly string[], meaning: string])[] = [
  [['/'], 'search the files'],
  [['j', 'k'], 'next and previous file'],
  [['Enter'], 'open the file'],
  [['Esc'], 'back to the overview, or close'],
  [['↑', '↓'], 'in a Dockerfile: line by line, with the evidence'],
  [['←', '→'], 'in a Dockerfile: to where the line was, or went'],
  [['a', 'x'], 'accept, reject; once more takes it back'],
  [['e'], 'export the verdicts'],
  [['?'], 'this list'],
];

export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <dl class="keys">
        {KEYS.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
