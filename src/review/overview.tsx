import { type Bar, Bars } from './bars.tsx';
import { bytes } from './bytes.ts';
import { FileList } from './file-list.tsx';
import type { Filter } from './filter.ts';
import { Filters } from './filters.tsx';
import type { Mark, Marks } from './marks.ts';
import { OutcomeBar } from './outcome-bar.tsx';
import type { File } from './report.ts';
import { SizeBar } from './size-bar.tsx';

interface OverviewProps {
  readonly files: readonly File[];
  readonly selected: readonly File[];
  readonly filter: Filter;
  readonly marks: Marks;
  readonly onMark: (index: number, mark: Mark | null) => void;
  readonly onFilter: (filter: Filter) => void;
  readonly address: (index: number) => string;
  /** The file the reader comes back from. */
  readonly returning: number | null;
}

/** What became of all files: the sentence, the charts, the list. */
export function Overview(props: OverviewProps) {
  const { files, selected, filter, onFilter } = props;
  const count = (category: File['category']): number => files.filter((file) => file.category === category).length;
  const choose = (code: string): void => onFilter({ ...filter, code: filter.code === code ? null : code });
  const refusals = barsOf(files, (file) =>
    file.outcome === 'refused' && file.because !== null ? [file.because.code] : [],
  );
  const assumptions = barsOf(files, (file) => file.assumptions);
  return (
    <main class="overview">
      <Headline total={files.length} proven={count('proven')} assumed={count('assumed')} named={count('renamed')} />
      <OutcomeBar files={files} chosen={filter.category} onChoose={(category) => onFilter({ ...filter, category })} />
      <Sizes sizes={files.map(({ sizes }) => sizes)} known={(many) => `${many} measured`} />
      <Sizes
        sizes={files.map(({ bases }) => bases)}
        known={(many) => `${many} estimated by base images of known size, compressed`}
      />
      {refusals.length + assumptions.length > 0 && (
        <div class="charts">
          {refusals.length > 0 && (
            <Bars
              title="Why files were refused"
              kind="refused"
              bars={refusals}
              chosen={filter.code}
              onChoose={choose}
            />
          )}
          {assumptions.length > 0 && (
            <Bars title="What splits assume" kind="assumed" bars={assumptions} chosen={filter.code} onChoose={choose} />
          )}
        </div>
      )}
      <section aria-label="Files">
        <Filters filter={filter} shown={selected.length} total={files.length} onFilter={onFilter} />
        <FileList {...props} />
      </section>
    </main>
  );
}

interface SizesProps {
  readonly sizes: readonly File['sizes'][];
  readonly known: (many: string) => string;
}

/** The images whose sizes are known, summed up. */
function Sizes({ sizes, known }: SizesProps) {
  const all = sizes.filter((one) => one !== null);
  if (all.length === 0) return null;
  const [before, after] = (['before', 'after'] as const).map((which) => all.reduce((sum, one) => sum + one[which], 0));
  const many = `${all.length} ${all.length === 1 ? 'image' : 'images'}`;
  return (
    <SizeBar
      before={before ?? 0}
      after={after ?? 0}
      says={`${known(many)}: ${bytes(before ?? 0)} becomes ${bytes(after ?? 0)}`}
    />
  );
}

interface HeadlineProps {
  readonly total: number;
  readonly proven: number;
  readonly assumed: number;
  readonly named: number;
}

function Headline({ total, proven, assumed, named }: HeadlineProps) {
  const can = proven + assumed;
  const format = (count: number): string => String(count).replace(/\B(?=(\d{3}){1,5}$)/g, ' ');
  return (
    <div class="headline">
      <h1>
        {can === 0 ? 'Nothing to split' : <em>{format(can)}</em>}
        {can > 0 && ` of ${format(total)} ${total === 1 ? 'Dockerfile' : 'Dockerfiles'} can be split`}
        {can === 0 && total > 0 && ` in ${format(total)} ${total === 1 ? 'Dockerfile' : 'Dockerfiles'}`}
      </h1>
      <p>
        {can > 0 &&
          (assumed === 0
            ? 'Every claim is proven. '
            : `${format(proven)} on proof alone, ${format(assumed)} on assumptions that somebody has to confirm. `)}
        {named > 0 && `${format(named)} more only get names for their stages.`}
      </p>
    </div>
  );
}

/** How often each code stands, the commonest first. */
function barsOf(files: readonly File[], codesOf: (file: File) => readonly string[]): readonly Bar[] {
  const bars = new Map<string, Bar>();
  for (const file of files)
    for (const code of codesOf(file)) bars.set(code, { code, count: (bars.get(code)?.count ?? 0) + 1 });
  return [...bars.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}
