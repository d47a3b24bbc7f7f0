interface SizeBarProps {
  readonly before: number;
  readonly after: number;
  readonly says: string;
}

/** What is left of the images. */
export function SizeBar({ before, after, says }: SizeBarProps) {
  const share = before === 0 ? 0 : Math.min(1, after / before);
  return (
    <figure class="size">
      <figcaption>{says}</figcaption>
      <div class="size-bar" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </div>
    </figure>
  );
}
